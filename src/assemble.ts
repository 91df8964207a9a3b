/** Puts the parts of a service together, once its settings are known, and takes them apart again. */
import { AsyncLocalStorage } from 'node:async_hooks'
import {
  createApi,
  tellOfConfigFile,
  type Api,
  type Limits,
  type ReadinessPort,
} from './api/index.ts'
import { runCheck } from './check/index.ts'
import { closeConnections, principalFiles } from './client/index.ts'
import { parseConfigText } from './config/index.ts'
import type { DatabaseConnection } from './database/index.ts'
import { diagnose } from './diagnosis/index.ts'
import { ERRORS } from './errors.ts'
import { packageVersion } from './package-root.ts'
import {
  ConfigFileFollower,
  followNamedFiles,
  ProfileRegistry,
  startRechecks,
} from './registry/index.ts'
import type { Logger } from './schemas/index.ts'
import {
  isLoopbackHost,
  type Settings,
  type SettingsListener,
  type SettingsStore,
} from './settings/index.ts'
import type { StartSteps } from './start-steps.ts'

/** A logger whose level can be changed while it is used, as pino's can. */
export interface LeveledLogger extends Logger {
  level?: string
}

const DRAIN_MS = 10_000

/** What a start puts together, step by step. */
export interface Parts {
  settings: SettingsStore
  database: DatabaseConnection
  steps: StartSteps
  logger: LeveledLogger
  limits?: Partial<Limits>
  /** Closes, in reverse order, all that has been opened. */
  open: AsyncDisposableStack
}

export interface Assembled {
  settings: SettingsStore
  registry: ProfileRegistry
  api: Api
  configFile: ConfigFileFollower
  /** Ends the checks that no request waits for. */
  background: AbortController
  markStopping(): void
}

export async function assemble({
  settings,
  database,
  steps,
  logger,
  limits,
  open,
}: Parts): Promise<Assembled> {
  const env = { ...settings.current.env }
  const background = new AbortController()
  open.defer(() => background.abort())
  open.defer(() => closeConnections())

  let stopping = false
  const readiness: ReadinessPort = {
    steps: () => steps.view(),
    database: () => publicState(database),
    isStopping: () => stopping,
  }
  const registry: ProfileRegistry = new ProfileRegistry({
    check: (profile, deps) => runCheck(profile, { ...deps, env }),
    concurrency: () => settings.current.get('check_concurrency'),
    onCheck: (profile, check) => api.metrics.checks.finished(profile, check),
    logger,
  })
  const { signal } = background
  const { home } = settings.current
  const configFile: ConfigFileFollower = new ConfigFileFollower({
    registry,
    env,
    home,
    ...namedConfigFile(settings.current),
    signal,
    logger,
    onNews(news) {
      tellOfConfigFile(news, api.events)
      api.metrics.config.read(news.view)
    },
  })
  open.defer(() => configFile.close())
  const host = settings.current.get('host')
  const api = await createApi({
    registry,
    configFile,
    parseText: (text) => parseConfigText(text, home),
    readiness,
    settings: {
      view: () => settings.current.entries(),
      stored: () => settings.stored,
      change: (values, precondition) => settings.change(values, precondition),
    },
    diagnose: (loaded, others) => diagnose(loaded, { env, others }),
    apiKey: settings.current.get('api_key'),
    allowedHosts: settings.current.get('allowed_hosts'),
    loopbackOnly: isLoopbackHost(host),
    urlPrefix: settings.current.get('url_prefix'),
    version: packageVersion(),
    logger,
    limits,
  })
  open.defer(() => api.app.close())

  const namedFiles = followNamedFiles({
    registry,
    principalFiles: (authentication) => principalFiles(authentication, env),
    signal,
    logger,
  })
  open.defer(() => namedFiles.close())
  const rechecks = startRechecks(registry, () => settings.current.get('check_interval_s'))
  open.defer(() => rechecks.stop())
  applyLevel(settings.current, logger)
  const onSettings: SettingsListener = (current, changed) => {
    applyLevel(current, logger)
    registry.adjustConcurrency()
    rechecks.reschedule()
    api.events.publish('settings.changed', { changed })
  }
  // What goes on from here is no work of the request that changed the settings.
  settings.subscribe(AsyncLocalStorage.bind(onSettings))
  const stopTelling = database.subscribe(({ state }) => {
    api.events.publish('database.changed', publicState(database))
    if (state === 'open') api.metrics.database.opened()
  })
  open.defer(stopTelling)
  const markStopping = () => void (stopping = true)
  return { settings, registry, api, configFile, background, markStopping }
}

/** The config file that a setting names; where none does, the reader of the file knows where to look. */
function namedConfigFile(settings: Settings): { configFile?: string; namedBy?: string } {
  const { source, detail } = settings.origin('config_file')
  if (source === 'default') return {}
  return { configFile: settings.get('config_file'), namedBy: detail ?? source }
}

/** From here on the log keeps to the level that these settings say. */
export function applyLevel(settings: Settings, logger: LeveledLogger): Settings {
  if (logger.level !== undefined) logger.level = settings.get('log_level')
  return settings
}

/** Running requests finish, 10 s at most; then everything is closed. */
export async function stop(
  { api, background, markStopping }: Assembled,
  running: AsyncDisposableStack,
  logger: Logger,
): Promise<void> {
  logger.info({}, 'stopping: running requests finish, 10 s at most')
  markStopping()
  background.abort()
  await api.drain(DRAIN_MS)
  await running.disposeAsync()
  logger.info({}, 'stopped')
}

/** Readiness is open to everybody: it names the fault, not the path or address that it concerns. */
function publicState({ state }: DatabaseConnection) {
  const message = state.code === null ? null : ERRORS[state.code].title
  return { ...state, message }
}
