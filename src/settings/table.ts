/** Every setting: default, variable, help, rule. docs/settings.md lists exactly these. */
import { join, resolve } from 'node:path'
import { Secret } from '../secret.ts'
import {
  apiKeyKind,
  databaseUrlKind,
  hostKind,
  hostListKind,
  integerKind,
  lineKind,
  oneOf,
  portKind,
  showDatabaseUrl,
  urlPrefixKind,
} from './kinds/index.ts'
import { dataFolder } from './place.ts'
import type { Setting } from './setting.ts'

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

export type LogLevel = (typeof LOG_LEVELS)[number]

export interface SettingValues {
  host: string
  port: number
  /** Begins with a slash and ends without; empty for none. */
  url_prefix: string
  api_key: Secret
  /** Lower case, no ports, IPv6 without brackets. */
  allowed_hosts: readonly string[]
  /** May begin with `~`. */
  config_file: string
  /** Relative to the working directory, where it is relative. */
  configuration_file: string
  database_url: Secret
  log_level: LogLevel
  /** `null`: the profile DEFAULT, else the first. */
  default_profile: string | null
  check_concurrency: number
  check_interval_s: number
}

export type SettingName = keyof SettingValues

/** A setting that decides a default of a later one stands above it. */
export const SETTINGS: { readonly [N in SettingName]: Setting<SettingValues[N]> } = {
  host: {
    kind: hostKind(),
    env: 'OCI_PROFILES_HOST',
    flag: '--host',
    help: 'Address to listen on. Any but a loopback address needs an api_key that was set.',
    runTime: false,
    secret: false,
    makeDefault: () => '127.0.0.1',
    defaultText: '127.0.0.1',
  },
  port: {
    kind: portKind(),
    env: 'OCI_PROFILES_PORT',
    flag: '--port',
    help: 'Port to listen on; 0 takes any free one.',
    runTime: false,
    secret: false,
    makeDefault: () => 8000,
    defaultText: '8000',
  },
  url_prefix: {
    kind: urlPrefixKind(),
    env: 'OCI_PROFILES_URL_PREFIX',
    help: 'Path under which a reverse proxy serves everything.',
    runTime: false,
    secret: false,
    makeDefault: () => '',
    defaultText: 'none',
  },
  api_key: {
    kind: apiKeyKind(),
    env: 'OCI_PROFILES_API_KEY',
    help: 'Key that callers of the API send. Not set: one is made at each start and printed once.',
    runTime: false,
    secret: true,
    makeDefault: (place) => place.freshApiKey,
    defaultText: 'made at start',
  },
  allowed_hosts: {
    kind: hostListKind(),
    env: 'OCI_PROFILES_ALLOWED_HOSTS',
    help: 'Names by which the service may be called (Host header), besides the loopback names.',
    runTime: false,
    secret: false,
    makeDefault: (_place, host) => [...new Set(['localhost', '127.0.0.1', '::1', host])],
    defaultText: 'loopback names and host',
  },
  config_file: {
    kind: lineKind('a path'),
    env: 'OCI_CLI_CONFIG_FILE',
    flag: '--config-file',
    help: 'OCI config file that the profiles come from.',
    runTime: false,
    secret: false,
    makeDefault: (place) => join(place.home, '.oci', 'config'),
    defaultText: 'OCI_CONFIG_FILE, else ~/.oci/config',
    defaultEnv: 'OCI_CONFIG_FILE',
  },
  configuration_file: {
    kind: lineKind('a path'),
    env: 'OCI_PROFILES_CONFIGURATION_FILE',
    help: 'JSON file with settings. One that is named must be there.',
    runTime: false,
    secret: false,
    makeDefault: (place) => resolve(place.cwd, 'configuration.json'),
    defaultText: 'configuration.json in the working directory',
  },
  database_url: {
    kind: databaseUrlKind(),
    env: 'OCI_PROFILES_DATABASE_URL',
    help: 'CORE database, which keeps the settings that were changed at run time.',
    runTime: false,
    secret: true,
    makeDefault: (place) => new Secret(`sqlite:${join(dataFolder(place), 'core.db')}`),
    defaultText: 'SQLite file core.db in the data folder of the user',
    show: showDatabaseUrl,
  },
  log_level: {
    kind: oneOf(LOG_LEVELS),
    env: 'OCI_PROFILES_LOG_LEVEL',
    flag: '--debug',
    help: 'How much is logged.',
    runTime: true,
    secret: false,
    makeDefault: () => 'info',
    defaultText: 'info',
  },
  default_profile: {
    kind: lineKind('the name of a profile'),
    env: 'OCI_CLI_PROFILE',
    help: 'Profile that counts where none is named.',
    runTime: true,
    secret: false,
    makeDefault: () => null,
    defaultText: 'DEFAULT, else the first',
  },
  check_concurrency: {
    kind: integerKind(1, 1024),
    env: 'OCI_PROFILES_CHECK_CONCURRENCY',
    help: 'How many profiles are checked at once.',
    runTime: true,
    secret: false,
    makeDefault: () => 32,
    defaultText: '32',
  },
  check_interval_s: {
    // At most a week: timers take no more than 24 days.
    kind: integerKind(0, 604_800),
    env: 'OCI_PROFILES_CHECK_INTERVAL_S',
    help: 'Seconds within which every profile is checked again, spread out; 0: only at the start.',
    runTime: true,
    secret: false,
    makeDefault: () => 300,
    defaultText: '300',
  },
}

/** In the order of the table. */
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[]

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name)
}

/** Profiles are never a setting, in no layer: their source is the OCI config file. */
export const EXCLUDED_NAME = 'oci_profile_configs'
