/** Arguments → what is asked for. Knows commander and nothing of what the commands do. */
import { Command as Commander, CommanderError, Option } from 'commander'
import { OciProfilesError } from '../errors.ts'
import { packageVersion } from '../package-root.ts'
import { COMMANDS, type CommandEntry, type CommandName, type Example } from './commands/index.ts'
import { EXIT } from './exit-codes.ts'
import { FLAGS, type FlagName, type Flags } from './flags.ts'

const PROGRAM = 'oci-profiles'

export type CommandLine =
  | { kind: 'command'; entry: CommandEntry; names: readonly string[]; flags: Flags }
  /** Help or version: there is nothing to run. */
  | { kind: 'text'; output: string; notes: string; exitCode: number }

const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[]

const EXIT_CODES = `Exit codes: 0 done; 1 a profile is not useable or not there, or the work failed; 2 wrong usage;
3 config file there but unreadable; 130 interrupted.`

/** `width` is that of the terminal, for help. Throws USAGE with a hint at what was probably meant. */
export function readCommandLine(argv: readonly string[], width: number | undefined): CommandLine {
  const shown = { output: '', notes: '' }
  let found: CommandLine | undefined
  const program = createProgram(width, shown, (name, names) => {
    found = { kind: 'command', ...readRequest(program, name, names) }
  })
  try {
    program.parse(argv, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (shown.output === '' && shown.notes === '') {
      throw usageError(error.message, argv.find(isCommandName))
    }
    return { kind: 'text', ...shown, exitCode: shown.notes === '' ? EXIT.done : EXIT.usage }
  }
  if (found === undefined) throw usageError('no command')
  return found
}

function createProgram(
  width: number | undefined,
  shown: { output: string; notes: string },
  onCommand: (name: CommandName, names: readonly string[]) => void,
): Commander {
  const program = new Commander(PROGRAM)
    .description('Which of your OCI profiles work, and why the others do not.')
    .usage('<command> [options]')
    .version(packageVersion(), '--version', 'print the version')
    .helpOption('--help', 'print help, with examples after a command')
    .addHelpText('after', `\n${examplesText(firstExamples())}\n\n${EXIT_CODES}`)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void (shown.output += text),
      writeErr: (text) => void (shown.notes += text),
      outputError: () => {},
      getOutHelpWidth: () => width ?? 100,
      getErrHelpWidth: () => width ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .configureHelp({ showGlobalOptions: true, visibleGlobalOptions: heededGlobals })
  for (const name of globalFlags()) program.addOption(createOption(name))
  for (const name of COMMAND_NAMES) program.addCommand(createCommand(program, name, onCommand))
  return program
}

function createCommand(
  program: Commander,
  name: CommandName,
  onCommand: (name: CommandName, names: readonly string[]) => void,
): Commander {
  const { argument, summary, details, flags, examples }: CommandEntry = COMMANDS[name]
  const command = new Commander(name).copyInheritedSettings(program).summary(summary)
  command.description([capital(summary), details].filter(Boolean).join('. '))
  if (argument) command.argument(argument, 'name of a profile, in any case')
  for (const flag of flags) if (!FLAGS[flag].isGlobal) command.addOption(createOption(flag))
  command.addHelpText('after', `\n${examplesText(examples)}`)
  return command.action(() => onCommand(name, command.args))
}

function createOption(name: FlagName): Option {
  const { usage, help, choices, default: value } = FLAGS[name]
  const option = new Option(usage, help)
  if (choices) option.choices(choices)
  if (value !== undefined) option.default(value)
  return option
}

function readRequest(program: Commander, name: CommandName, names: readonly string[]) {
  const entry: CommandEntry = COMMANDS[name]
  const command = program.commands.find((each) => each.name() === name)
  for (const flag of globalFlags()) {
    if (entry.flags.includes(flag) || program.getOptionValueSource(flag) !== 'cli') continue
    throw usageError(`the command "${name}" does not take ${longName(flag)}`, name)
  }
  const flags: Flags = { ...program.opts<Flags>(), ...command?.opts() }
  if (flags.profile && names.length > 0) {
    throw usageError('a profile is named both as an argument and by --profile', name)
  }
  return { entry, names, flags }
}

/** The global options that a command heeds, for its help. */
function heededGlobals(command: Commander): Option[] {
  const name = command.name()
  const heeded: readonly string[] = isCommandName(name) ? COMMANDS[name].flags : []
  const options = command.parent?.options ?? []
  return options.filter((option) => heeded.includes(option.attributeName()))
}

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name)
}

function firstExamples(): Example[] {
  return Object.values<CommandEntry>(COMMANDS).flatMap(({ examples }) => examples.slice(0, 1))
}

function examplesText(examples: readonly Example[]): string {
  const lines = examples.map(
    ({ line, about }) => `  ${PROGRAM} ${line}`.padEnd(44) + `  # ${about}`,
  )
  return `Examples:\n${lines.join('\n')}`
}

function globalFlags(): FlagName[] {
  return (Object.keys(FLAGS) as FlagName[]).filter((name) => FLAGS[name].isGlobal)
}

function longName(flag: FlagName): string {
  return FLAGS[flag].usage.split(' ')[0] ?? flag
}

function usageError(message: string, command?: string): OciProfilesError {
  const fact = message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ')
  const help = [PROGRAM, command, '--help'].filter(Boolean).join(' ')
  return new OciProfilesError('USAGE', fact, { fix: `Run "${help}".` })
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
