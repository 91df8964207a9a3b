/**
 * Every command: how it is called, what it heeds, and where its code is. What starts a service or looks at keys is loaded
 * when it is called; the rest is there at once, because one file is read faster than many.
 */
import type { Command } from '../command.ts'
import type { FlagName } from '../flags.ts'
import { check } from './check.ts'
import { env } from './env.ts'
import { exec } from './exec.ts'
import { list } from './list.ts'
import { show } from './show.ts'

export interface Example {
  /** Without the name of the program. */
  line: string
  about: string
}

export interface ExitMeaning {
  code: number
  when: string
}

export interface CommandEntry {
  /** As commander reads it. */
  argument?: '[NAME]' | '[NAME...]' | '[SHELL]'
  /** What follows the name of the command, where commander would say less. */
  usage?: string
  /** Heeds what follows `--`. */
  takesRest?: boolean
  summary: string
  /** Shown by `--help` under the summary. */
  details?: string
  flags: readonly FlagName[]
  examples: readonly Example[]
  /** What its exit codes mean, where that is more than the usual. */
  exits?: readonly ExitMeaning[]
  /** A service: a signal is how it ends, not an interruption. */
  isService?: boolean
  load: () => Promise<Command>
}

export const ABOUT_ARGUMENT: Readonly<Record<NonNullable<CommandEntry['argument']>, string>> = {
  '[NAME]': 'name of a profile, in any case',
  '[NAME...]': 'name of a profile, in any case',
  '[SHELL]': 'bash, zsh or fish',
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
    exits: [
      { code: 0, when: 'stopped by Ctrl-C or SIGTERM' },
      { code: 1, when: 'it could not start: the port is taken, ...' },
      { code: 2, when: 'a setting, .env or configuration.json is wrong' },
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
    exits: [
      { code: 0, when: 'listed; with --check: and all of them work' },
      { code: 1, when: 'with --check: one of them does not work; with --profile: there is none' },
    ],
    load: async () => list,
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
    exits: [
      { code: 0, when: 'shown; with --check: and it works' },
      { code: 1, when: 'there is no such profile; with --check: it does not work' },
    ],
    load: async () => show,
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
    exits: [
      { code: 0, when: 'everything that was asked for works' },
      { code: 1, when: 'a profile does not work, or there is none of that name' },
    ],
    load: async () => check,
  },
  doctor: {
    argument: '[NAME...]',
    summary: 'tell everything about profiles: values with their sources, every fault and doubt',
    flags: [...READING, 'offline'],
    examples: [
      { line: 'doctor PROD', about: 'one profile, with one call to OCI' },
      { line: 'doctor --offline', about: 'all profiles, from the files alone' },
    ],
    exits: [
      { code: 0, when: 'all work; with --offline: nothing found is an error' },
      { code: 1, when: 'a profile does not work, or there is none of that name' },
    ],
    load: async () => (await import('./doctor.ts')).doctor,
  },
  refresh: {
    argument: '[NAME...]',
    summary: 'prolong sessions: exchange their tokens for ones that end later',
    details:
      'One call to the auth service for each session; the new token takes the place of the old one in its file, and programs that sign with it go on. Without NAME: all profiles of type security_token. A session that has ended needs a new sign-in.',
    flags: READING,
    examples: [
      { line: 'refresh', about: 'all sessions, as from cron every half an hour' },
      { line: 'refresh PROD', about: 'one of them' },
    ],
    exits: [
      { code: 0, when: 'every session that was asked for goes on' },
      { code: 1, when: 'one could not be refreshed, or there is no profile of that name' },
    ],
    load: async () => (await import('./refresh.ts')).refresh,
  },
  env: {
    argument: '[NAME]',
    summary: 'print a profile as environment variables, for a shell or a file',
    details:
      'For the OCI CLI and the SDKs, or with --format terraform for Terraform. By name: the tools read the config file; with --include-sensitive as a whole. What an earlier choice has left is unset. Without NAME: as show.',
    flags: ['configFile', 'profile', 'format', 'includeSensitive', ...EVERYWHERE],
    examples: [
      { line: 'env PROD', about: 'bash, zsh: eval "$(oci-profiles env PROD)"' },
      { line: 'env PROD --format fish | source', about: 'fish' },
      { line: 'env PROD --format dotenv', about: 'lines of a .env file' },
    ],
    exits: [
      { code: 0, when: 'printed' },
      { code: 1, when: 'there is no such profile, or its values do not fit into variables' },
    ],
    load: async () => env,
  },
  exec: {
    argument: '[NAME]',
    usage: '[NAME] [options] [-- COMMAND [ARGS...]]',
    takesRest: true,
    summary: 'run a command, or a shell, under a profile',
    details:
      'The command sees this identity and no other: variables of the OCI CLI, the SDKs and Terraform that name one are removed, and those of the profile are set. Streams and signals are its own, and its exit code is that of exec: 128 + n where signal n ended it. With --check it is not started under a profile that does not work, nor with --refresh under a session that cannot be refreshed. Without a command, at a terminal: the shell of SHELL. Without NAME: as show.',
    flags: ['configFile', 'profile', 'check', 'refresh', ...EVERYWHERE],
    examples: [
      { line: 'exec PROD -- oci os ns get', about: 'the OCI CLI under the profile PROD' },
      { line: 'exec PROD --check -- terraform plan', about: 'only if the profile works' },
      {
        line: 'exec SESSION --refresh -- terraform apply',
        about: 'the session goes on as long as it takes',
      },
      { line: 'exec PROD', about: 'a shell that is PROD until it ends' },
    ],
    exits: [
      { code: 1, when: 'there is no such profile; with --check or --refresh: it does not work' },
      { code: 126, when: 'the command cannot be run' },
      { code: 127, when: 'there is no such command' },
    ],
    load: async () => exec,
  },
  completion: {
    argument: '[SHELL]',
    summary: 'print the script that makes a shell complete commands, options and profiles',
    details:
      'Profiles are those of the config file that the typed line names, else of the environment. Reads files only.',
    flags: EVERYWHERE,
    examples: [
      { line: 'completion bash', about: 'in ~/.bashrc: eval "$(oci-profiles completion bash)"' },
      {
        line: 'completion zsh',
        about: 'in ~/.zshrc, below compinit: eval "$(oci-profiles completion zsh)"',
      },
      { line: 'completion fish', about: 'into ~/.config/fish/completions/oci-profiles.fish' },
    ],
    load: async () => (await import('./completion.ts')).completion,
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
    exits: [
      { code: 0, when: 'stopped by Ctrl-C or SIGTERM' },
      { code: 1, when: 'it could not start: the port is taken, ...' },
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
    exits: [
      { code: 0, when: 'stopped by Ctrl-C or SIGTERM' },
      { code: 1, when: 'it could not start: the port is taken, ...' },
    ],
    isService: true,
    load: async () => (await import('./demo.ts')).demo,
  },
} as const satisfies Record<string, CommandEntry>

export type CommandName = keyof typeof COMMANDS
