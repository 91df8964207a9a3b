/** Every option of the command line, with the words of the OCI CLI where it has one. docs/cli.md lists exactly these. */

export const OUTPUTS = ['table', 'json'] as const

export type OutputFormat = (typeof OUTPUTS)[number]

export const ENV_FORMATS = ['sh', 'fish', 'powershell', 'dotenv', 'terraform', 'json'] as const

export type EnvFormat = (typeof ENV_FORMATS)[number]

export const SAMPLE_SETS = ['working', 'all'] as const

export interface Flags {
  configFile?: string
  profile?: string
  output: OutputFormat
  debug?: boolean
  color: boolean
  check?: boolean
  includeSensitive?: boolean
  offline?: boolean
  refresh?: boolean
  format?: EnvFormat
  host?: string
  port?: string
  dir?: string
  samples?: (typeof SAMPLE_SETS)[number]
}

export type FlagName = keyof Flags

export interface FlagEntry {
  /** As commander reads it. */
  usage: string
  help: string
  choices?: readonly string[]
  default?: string
  /** May stand before the command too. */
  isGlobal?: boolean
}

export const FLAGS: Readonly<Record<FlagName, FlagEntry>> = {
  configFile: {
    usage: '--config-file <path>',
    help: 'OCI config file; else OCI_CLI_CONFIG_FILE, OCI_CONFIG_FILE, ~/.oci/config',
    isGlobal: true,
  },
  profile: {
    usage: '--profile <name>',
    help: 'the profile that is meant where none is named as an argument',
    isGlobal: true,
  },
  output: {
    usage: '--output <format>',
    help: 'how data is written to stdout',
    choices: OUTPUTS,
    default: 'table',
    isGlobal: true,
  },
  debug: {
    usage: '--debug',
    help: 'tell on stderr what happens, and where an error came from',
    isGlobal: true,
  },
  color: {
    usage: '--no-color',
    help: 'no colours; the variable NO_COLOR does the same',
    isGlobal: true,
  },
  check: {
    usage: '--check',
    help: 'check first; the exit code tells whether all work',
  },
  includeSensitive: {
    usage: '--include-sensitive',
    help: 'add fingerprint, key_content, key_file, pass_phrase, security_token_file',
  },
  offline: {
    usage: '--offline',
    help: 'look at files only, call nothing',
  },
  refresh: {
    usage: '--refresh',
    help: 'of a session: exchange its token first, and again while the command runs',
  },
  format: {
    usage: '--format <format>',
    help: 'how variables are written',
    choices: ENV_FORMATS,
    default: 'sh',
  },
  host: {
    usage: '--host <address>',
    help: 'address to listen on; else OCI_PROFILES_HOST, 127.0.0.1',
  },
  port: {
    usage: '--port <number>',
    help: 'port to listen on, 0 for any free one',
  },
  dir: {
    usage: '--dir <path>',
    help: 'folder for the sample config file and keys; else a temporary one',
  },
  samples: {
    usage: '--samples <set>',
    help: 'which sample profiles to make',
    choices: SAMPLE_SETS,
    default: 'working',
  },
}
