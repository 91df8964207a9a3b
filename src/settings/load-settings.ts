/** The settings of a process, before there is a database: options, environment with `.env`, configuration.json. */
import { SILENT_LOGGER, type Logger } from '../schemas/index.ts'
import { withConfigurationFile } from './configuration-layer.ts'
import { loadEnvironment } from './env-file.ts'
import { makeApiKey } from './kinds/index.ts'
import { findMistypedVariables } from './mistyped-variables.ts'
import { findHome, processEnvironment, variable, type Environment } from './place.ts'
import { Settings } from './settings.ts'
import { environmentLayer, flagLayer, type Flags } from './text-layers.ts'

export interface SettingsOptions {
  /** What was given on the command line, by the names of the settings. */
  flags?: Flags
  env?: Environment
  cwd?: string
  home?: string
  platform?: NodeJS.Platform
  logger?: Logger
}

/** The first two steps of a start in one. */
export async function loadSettings(options: SettingsOptions = {}): Promise<Settings> {
  return withConfigurationFile(await loadEnvironmentSettings(options), options.logger)
}

/** The first step. Throws ENV_FILE_INVALID, or SETTING_INVALID with every fault of the layer. */
export async function loadEnvironmentSettings(options: SettingsOptions = {}): Promise<Settings> {
  const { cwd = process.cwd(), env = processEnvironment() } = options
  const { home = variable(env, 'HOME') ?? findHome() } = options
  const { flags = {}, platform = process.platform, logger = SILENT_LOGGER } = options
  const loaded = await loadEnvironment(cwd, env)
  for (const { variable, meant } of findMistypedVariables(loaded.env)) {
    logger.warn({ variable }, `${variable} has no effect; did you mean ${meant}?`)
  }
  const place = { env: loaded.env, cwd, home, platform, freshApiKey: makeApiKey() }
  return new Settings(place, [flagLayer(flags), environmentLayer(loaded)])
}
