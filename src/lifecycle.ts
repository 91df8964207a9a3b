/**
 * Start-up and shut-down: joins the stream of settings (environment → configuration.json → CORE database) and the
 * stream of profiles (config file → check → registry), then opens the port.
 */
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { tellingRequests, type Limits } from './api/index.ts'
import { applyLevel, assemble, stop, type Assembled, type LeveledLogger } from './assemble.ts'
import {
  createDatabaseConnection,
  persistSettings,
  type DatabaseConnection,
} from './database/index.ts'
import { OciProfilesError } from './errors.ts'
import { listen } from './listen.ts'
import type { ConfigReload, ProfileRegistry } from './registry/index.ts'
import { SILENT_LOGGER, type Logger } from './schemas/index.ts'
import type { Secret } from './secret.ts'
import {
  createSettingsStore,
  loadEnvironmentSettings,
  requireKeyBeyondLoopback,
  withConfigurationFile,
  type Environment,
  type Settings,
  type SettingsStore,
} from './settings/index.ts'
import { createStartSteps, type StartSteps } from './start-steps.ts'

export type { LeveledLogger }

export interface ServiceOptions {
  /** What was given on the command line: settings that stand before all layers. */
  flags?: { host?: string; port?: string; config_file?: string; log_level?: string }
  env?: Environment
  /** Where `.env` and `configuration.json` are looked for. */
  cwd?: string
  logger?: LeveledLogger
  /** Of connections and requests, where they differ from the defaults. */
  limits?: Partial<Limits>
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
  /** Reads the config file now; it is watched besides. Rejects with CONFIG_FILE_UNREADABLE. */
  reload(): Promise<ConfigReload>
  /** Running requests finish, 10 s at most; then everything is closed. */
  stop(): Promise<void>
}

const PORT_OPENS_AFTER_MS = 3_000

/**
 * Rejects with SETTING_INVALID, CONFIGURATION_FILE_INVALID, ENV_FILE_INVALID, API_KEY_REQUIRED, CONFIG_FILE_UNREADABLE,
 * PORT_IN_USE or ADDRESS_UNAVAILABLE, and leaves nothing open then. A database that does not open stops nothing.
 */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const { signal, limits } = options
  const logger = tellingRequests(options.logger ?? SILENT_LOGGER)
  const portOpens = setTimeout(PORT_OPENS_AFTER_MS, undefined, { ref: false })
  const steps = createStartSteps(logger)
  await using open = new AsyncDisposableStack()

  const environment = await steps.run(1, () => readEnvironment(options, logger))
  const configured = await steps.run(2, () => configure(environment, logger))
  const database = await steps.run(3, () => connect(configured, steps, logger, open))
  const settings = await steps.run(4, () => overlay(configured, database, steps, logger))
  const service = await assemble({ settings, database, steps, logger, limits, open })
  const { checked } = await load(service, steps)

  await Promise.race([checked, portOpens, aborted(signal)])
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
    reload: () => service.configFile.reload(),
    stop: () => (stopped ??= stop(service, running, logger)),
  }
}

/** Resolves when the signal is given; never, where there is none. */
function aborted(signal: AbortSignal | undefined): Promise<unknown> {
  if (signal === undefined) return new Promise(() => {})
  return signal.aborted ? Promise.resolve() : once(signal, 'abort')
}

async function readEnvironment(options: ServiceOptions, logger: LeveledLogger): Promise<Settings> {
  return applyLevel(await loadEnvironmentSettings(options), logger)
}

async function configure(environment: Settings, logger: LeveledLogger): Promise<Settings> {
  const settings = applyLevel(await withConfigurationFile(environment, logger), logger)
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
  const stored = await database.readSettings().catch((error: unknown) => {
    steps.remark(4, 'no stored settings: the database is not open')
    const code = error instanceof OciProfilesError ? error.code : 'INTERNAL_ERROR'
    logger.warn({ code }, 'stored settings are not read')
    return null
  })
  const settings = createSettingsStore(configured, {
    persist: (values, precondition) => persistSettings(database, values, precondition),
    stored,
    logger,
  })
  // A database that opens late brings its settings along; others may change them at any time.
  database.onChange(async () => void (await settings.reload(() => database.readSettings())))
  return settings
}

/** Resolves when the profiles are registered; `checked` when the last check is done. */
async function load(
  { registry, configFile, api }: Assembled,
  steps: StartSteps,
): Promise<{ checked: Promise<void> }> {
  const registered = Promise.withResolvers<void>()
  const checked = steps.run(5, async () => {
    const loading = await configFile.load()
    api.metrics.config.read(configFile.view)
    registered.resolve()
    await loading.checked
    const useable = registry.list().filter((profile) => profile.useable).length
    steps.remark(5, `${useable} of ${registry.records().length} profiles are useable`)
  })
  checked.catch(registered.reject)
  await registered.promise
  return { checked }
}
