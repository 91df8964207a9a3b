/** Puts the parts of a service together, once its settings are known, and takes them apart again. */
import { setTimeout } from 'node:timers/promises'
import { createApi, type Api, type ReadinessPort } from './api/index.ts'
import { runCheck } from './check/index.ts'
import { closeConnections } from './client/index.ts'
import type { DatabaseConnection } from './database/index.ts'
import { diagnose } from './diagnosis/index.ts'
import { ERRORS } from './errors.ts'
import { packageVersion } from './package-root.ts'
import { ProfileRegistry, startRechecks } from './registry/index.ts'
import type { Logger } from './schemas/index.ts'
import { isLoopbackHost, type Settings, type SettingsStore } from './settings/index.ts'
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
  /** Closes, in reverse order, all that has been opened. */
  open: AsyncDisposableStack
}

export interface Assembled {
  settings: SettingsStore
  registry: ProfileRegistry
  api: Api
  /** Ends the checks that no request waits for. */
  background: AbortController
  markStopping(): void
}

export async function assemble({
  settings,
  database,
  steps,
  logger,
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
    onCheck: (_profile, check) => api.metrics.countCheck(check),
    logger,
  })
  const host = settings.current.get('host')
  const api = await createApi({
    registry,
    readiness,
    settings: {
      view: () => settings.current.entries(),
      change: (values) => settings.change(values),
    },
    diagnose: (loaded, others) => diagnose(loaded, { env, others }),
    apiKey: settings.current.get('api_key'),
    allowedHosts: settings.current.get('allowed_hosts'),
    loopbackOnly: isLoopbackHost(host),
    urlPrefix: settings.current.get('url_prefix'),
    version: packageVersion(),
    logger,
  })
  open.defer(() => api.app.close())

  const rechecks = startRechecks(registry, () => settings.current.get('check_interval_s'))
  open.defer(() => rechecks.stop())
  applyLevel(settings.current, logger)
  settings.subscribe((current) => {
    applyLevel(current, logger)
    rechecks.reschedule()
  })
  const markStopping = () => void (stopping = true)
  return { settings, registry, api, background, markStopping }
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
  const closed = api.app.close()
  await Promise.race([closed, setTimeout(DRAIN_MS, undefined, { ref: false })])
  api.app.server.closeAllConnections()
  await running.disposeAsync()
  logger.info({}, 'stopped')
}

/** Readiness is open to everybody: it names the fault, not the path or address that it concerns. */
function publicState({ state }: DatabaseConnection) {
  const message = state.code === null ? null : ERRORS[state.code].title
  return { ...state, message }
}
