/**
 * Start-up and shut-down: joins the stream of settings (environment → configuration.json → CORE database) and the
 * stream of profiles (config file → check → registry), then opens the port.
 */
import { createApi, type Api, type ReadinessPort } from './api/index.ts'
import { runCheck } from './check/index.ts'
import { closeConnections } from './client/index.ts'
import {
  createDatabaseConnection,
  persistSettings,
  type DatabaseConnection,
} from './database/index.ts'
import { diagnose } from './diagnosis/index.ts'
import { ERRORS } from './errors.ts'
import { listen } from './listen.ts'
import { packageVersion } from './package-root.ts'
import { ProfileRegistry, startLoadingProfiles, startRechecks } from './registry/index.ts'
import { SILENT_LOGGER, type Logger } from './schemas/index.ts'
import type { Secret } from './secret.ts'
import {
  createSettingsStore,
  isLoopbackHost,
  loadEnvironmentSettings,
  requireKeyBeyondLoopback,
  withConfigurationFile,
  withDatabaseLayer,
  type Environment,
  type Settings,
  type SettingsStore,
} from './settings/index.ts'
import { createStartSteps, type StartSteps } from './start-steps.ts'

/** A logger whose level can be changed while it is used, as pino's can. */
export interface LeveledLogger extends Logger {
  level?: string
}

export interface ServiceOptions {
  /** What was given on the command line: settings that stand before all layers. */
  flags?: { host?: string; port?: string; config_file?: string; log_level?: string }
  env?: Environment
  /** Where `.env` and `configuration.json` are looked for. */
  cwd?: string
  logger?: LeveledLogger
  /** Ends a start that is under way. */
  signal?: AbortSignal
}

export interface Service {
  /** Where it listens, with the prefix and without a slash at its end. */
  url: string
  apiKey: Secret
  /** True when nobody set a key and one was made for this run. */
  apiKeyWasMade: boolean
  registry: ProfileRegistry
  settings: SettingsStore
  /** Resolves when every profile has been checked. */
  checked: Promise<void>
  /** Running requests finish, 10 s at most; then everything is closed. */
  stop(): Promise<void>
}

const PORT_OPENS_AFTER_MS = 3_000
const DRAIN_MS = 10_000

/**
 * Rejects with SETTING_INVALID, CONFIGURATION_FILE_INVALID, ENV_FILE_INVALID, API_KEY_REQUIRED, CONFIG_FILE_UNREADABLE,
 * PORT_IN_USE or ADDRESS_UNAVAILABLE, and leaves nothing open then. A database that does not open stops nothing.
 */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const { logger = SILENT_LOGGER, signal } = options
  const portOpens = pause(PORT_OPENS_AFTER_MS)
  const steps = createStartSteps(logger)
  await using open = new AsyncDisposableStack()

  const environment = await steps.run(1, () => loadEnvironmentSettings(options))
  const configured = await steps.run(2, () => configure(environment, logger))
  const database = await steps.run(3, () => connect(configured, steps, logger, open))
  const settings = await steps.run(4, () => overlay(configured, database, steps, logger))
  const service = await assemble({ settings, database, steps, logger, open })
  const { checked } = await load(service, steps, logger)

  await Promise.race([checked, portOpens])
  signal?.throwIfAborted()
  const url = await listen(service.api.app, settings.current)
  logger.info({ url }, 'listening')
  const running = open.move()
  let stopped: Promise<void> | null = null
  return {
    url,
    apiKey: settings.current.get('api_key'),
    apiKeyWasMade: settings.current.origin('api_key').source === 'default',
    registry: service.registry,
    settings,
    checked,
    stop: () => (stopped ??= stop(service, running, logger)),
  }
}

/** What a start puts together, step by step. */
interface Parts {
  settings: SettingsStore
  database: DatabaseConnection
  steps: StartSteps
  logger: LeveledLogger
  /** Closes, in reverse order, all that has been opened. */
  open: AsyncDisposableStack
}

interface Assembled {
  settings: SettingsStore
  registry: ProfileRegistry
  api: Api
  /** Ends the checks that no request waits for. */
  background: AbortController
  markStopping(): void
}

async function configure(environment: Settings, logger: Logger): Promise<Settings> {
  const settings = await withConfigurationFile(environment, logger)
  requireKeyBeyondLoopback(settings, logger)
  return settings
}

async function connect(
  settings: Settings,
  steps: StartSteps,
  logger: Logger,
  open: AsyncDisposableStack,
): Promise<DatabaseConnection> {
  const database = await createDatabaseConnection(settings.get('database_url'), { logger })
  open.defer(() => database.close())
  const { code } = database.state
  if (code !== null) steps.remark(3, `${code}: going on without persistence`)
  return database
}

async function overlay(
  configured: Settings,
  database: DatabaseConnection,
  steps: StartSteps,
  logger: LeveledLogger,
): Promise<SettingsStore> {
  const readStored = async () => (await database.readSettings()).values
  const persist = (values: Record<string, unknown>) => persistSettings(database, values)
  const stored = await readStored().catch((error: Error) => {
    steps.remark(4, 'no stored settings: the database is not open')
    logger.warn({ err: error.message }, 'stored settings are not read')
    return {}
  })
  const settings = createSettingsStore(withDatabaseLayer(configured, stored, logger), {
    persist,
    logger,
  })
  // A database that opens late brings its settings along.
  database.onOpen(async () => void (await settings.reload(readStored)))
  return settings
}

async function assemble({ settings, database, steps, logger, open }: Parts): Promise<Assembled> {
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
  followLevel(settings, logger)
  settings.subscribe(() => rechecks.reschedule())
  const markStopping = () => void (stopping = true)
  return { settings, registry, api, background, markStopping }
}

/** The level is known at last, and may change while the service runs. */
function followLevel(settings: SettingsStore, logger: LeveledLogger): void {
  const apply = () => {
    if (logger.level !== undefined) logger.level = settings.current.get('log_level')
  }
  apply()
  settings.subscribe(apply)
}

/** Resolves when the profiles are registered; `checked` when the last check is done. */
async function load(
  { registry, settings, background }: Assembled,
  steps: StartSteps,
  logger: Logger,
): Promise<{ checked: Promise<void> }> {
  const registered = Promise.withResolvers<void>()
  const { current } = settings
  const checked = steps.run(5, async () => {
    const loading = await startLoadingProfiles({
      registry,
      logger,
      env: current.env,
      home: current.home,
      configFile:
        current.origin('config_file').source === 'default' ? undefined : current.get('config_file'),
      signal: background.signal,
    })
    registered.resolve()
    await loading.checked
    const useable = registry.list().filter((profile) => profile.useable).length
    steps.remark(5, `${useable} of ${registry.records().length} profiles are useable`)
  })
  checked.catch(registered.reject)
  await registered.promise
  return { checked }
}

async function stop(
  { api, background, markStopping }: Assembled,
  running: AsyncDisposableStack,
  logger: Logger,
): Promise<void> {
  logger.info({}, 'stopping: running requests finish, 10 s at most')
  markStopping()
  background.abort()
  const closed = api.app.close()
  await Promise.race([closed, pause(DRAIN_MS)])
  api.app.server.closeAllConnections()
  await running.disposeAsync()
  logger.info({}, 'stopped')
}

/** Readiness is open to everybody: it names the fault, not the path or address that it concerns. */
function publicState({ state }: DatabaseConnection) {
  const message = state.code === null ? null : ERRORS[state.code].title
  return { ...state, message }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref())
}
