/** Every command: how it is called, what it heeds, and where its code is. The code is loaded when it is called. */
import type { Command } from '../command.ts'
import type { FlagName } from '../flags.ts'

export interface Example {
  /** Without the name of the program. */
  line: string
  about: string
}

export interface CommandEntry {
  /** As commander reads it. */
  argument?: '[NAME]' | '[NAME...]'
  summary: string
  /** Shown by `--help` under the summary. */
  details?: string
  flags: readonly FlagName[]
  examples: readonly Example[]
  /** A service: a signal is how it ends, not an interruption. */
  isService?: boolean
  load: () => Promise<Command>
}

const EVERYWHERE = ['debug', 'color'] as const satisfies readonly FlagName[]
const READING = ['configFile', 'profile', 'output', ...EVERYWHERE] as const

export const COMMANDS = {
  serve: {
    summary: 'run the REST service',
    details:
      'Prints its address on stdout and logs to stderr. Ctrl-C or SIGTERM stops it; requests that run are finished.',
    flags: ['host', 'port', 'configFile', ...EVERYWHERE],
    examples: [
      { line: 'serve', about: 'at http://127.0.0.1:8000' },
      { line: 'serve --port 0 --config-file ./oci.conf', about: 'any free port, another file' },
    ],
    isService: true,
    load: async () => (await import('./serve.ts')).serve,
  },
  list: {
    summary: 'list the profiles of the config file',
    details: 'Reads files only, unless --check is given.',
    flags: [...READING, 'check', 'includeSensitive'],
    examples: [
      { line: 'list', about: 'all profiles' },
      { line: 'list --output json', about: 'as the API gives them' },
    ],
    load: async () => (await import('./list.ts')).list,
  },
  show: {
    argument: '[NAME]',
    summary: 'show one profile',
    details:
      'Without NAME: the one of --profile, else of OCI_CLI_PROFILE, else DEFAULT, else the first.',
    flags: [...READING, 'check', 'includeSensitive'],
    examples: [
      { line: 'show PROD', about: 'the profile PROD, in whatever case it is written' },
      { line: 'show --check', about: 'the default profile, checked first' },
    ],
    load: async () => (await import('./show.ts')).show,
  },
  check: {
    argument: '[NAME...]',
    summary: 'check whether profiles work, and say why not',
    details:
      'Rules that need no network come first, then one call to OCI for each profile, all side by side.',
    flags: READING,
    examples: [
      { line: 'check', about: 'all profiles' },
      { line: 'check DEV PROD', about: 'two of them; exit code 0 when both work' },
    ],
    load: async () => (await import('./check.ts')).check,
  },
  doctor: {
    argument: '[NAME...]',
    summary: 'tell everything about profiles: values with their sources, every fault and doubt',
    flags: [...READING, 'offline'],
    examples: [
      { line: 'doctor PROD', about: 'one profile, with one call to OCI' },
      { line: 'doctor --offline', about: 'all profiles, from the files alone' },
    ],
    load: async () => (await import('./doctor.ts')).doctor,
  },
  emulator: {
    summary: 'run a local stand-in for OCI, with sample profiles',
    details:
      'Prints on stdout the variables that lead a program to it, then a line on stderr for each request. Takes any free port unless --port is given.',
    flags: ['port', 'dir', 'samples', 'output', ...EVERYWHERE],
    examples: [
      { line: 'emulator', about: 'any free port, a temporary folder' },
      { line: 'emulator --port 9000 --samples all', about: 'with profiles that fail, too' },
    ],
    isService: true,
    load: async () => (await import('./emulator.ts')).emulator,
  },
  demo: {
    summary: 'see it work: the service over sample profiles, good and bad, with a local OCI',
    details:
      'Touches no config file, no variable and no database of yours. Takes port 8000 if it is free, else any, unless --port is given.',
    flags: ['port', ...EVERYWHERE],
    examples: [{ line: 'demo', about: 'then open the link that it prints' }],
    isService: true,
    load: async () => (await import('./demo.ts')).demo,
  },
} as const satisfies Record<string, CommandEntry>

export type CommandName = keyof typeof COMMANDS
