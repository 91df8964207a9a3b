/** Arguments → what is asked for. Knows commander and nothing of what the commands do. */
import { Command as Commander, CommanderError, Option } from 'commander'
import { packageVersion } from '../package-root.ts'
import { ABOUT_ARGUMENT, COMMANDS, type CommandEntry, type CommandName } from './commands/index.ts'
import { EXIT } from './exit-codes.ts'
import { FLAGS, type FlagName, type Flags } from './flags.ts'
import { examplesText, exitsText, itemText, mainExamples, USUAL_EXITS } from './help-text.ts'
import { missingCommand } from './missing-command.ts'
import { splitLine } from './rest-of-line.ts'
import { usageError, usageFault } from './usage-fault.ts'

const PROGRAM = 'oci-profiles'

export type CommandLine =
  | {
      kind: 'command'
      entry: CommandEntry
      names: readonly string[]
      rest: readonly string[]
      flags: Flags
    }
  /** There is no command of that name. */
  | { kind: 'unknown'; word: string; flags: Flags }
  /** Help or version: there is nothing to run. */
  | { kind: 'text'; output: string; notes: string; exitCode: number }

const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[]

/** Longer lines are hard to read, however wide the terminal is. */
const WIDEST_HELP = 100

/** What people type, and nothing else, to learn about a program that they do not know. */
const SYNONYMS: Readonly<Record<string, string>> = {
  help: '--help',
  '-?': '--help',
  '-V': '--version',
  version: '--version',
}

/** `width` is that of the terminal, for help. Throws USAGE with a hint at what was probably meant. */
export function readCommandLine(argv: readonly string[], width: number | undefined): CommandLine {
  const { own, taker, rest } = splitLine(argv)
  const shown = { output: '', notes: '' }
  let found: CommandLine | undefined
  const program = createProgram(own, width, shown, (name, names) => {
    found = { kind: 'command', rest: rest ?? [], ...readRequest(program, name, names) }
  })
  try {
    program.parse(withHelpAsOption(own), { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    const [word = 'help'] = program.args
    const isCommand = word === 'help' || word.startsWith('-') || isCommandName(word)
    if (!isCommand) return { kind: 'unknown', word, flags: program.opts<Flags>() }
    if (shown.output === '' && shown.notes === '') {
      if (taker !== null && rest === null) throw missingCommand(own, taker)
      throw usageFault(error, own.find(isCommandName))
    }
    return { kind: 'text', ...shown, exitCode: shown.notes === '' ? EXIT.done : EXIT.usage }
  }
  if (found === undefined) throw usageError('no command')
  // What there is to run without, the command knows.
  return found
}

/** `help check` → `check --help` */
function withHelpAsOption(argv: readonly string[]): readonly string[] {
  const [first = '', second, ...rest] = argv
  if (second === undefined) return Object.hasOwn(SYNONYMS, first) ? [SYNONYMS[first] ?? ''] : argv
  return first === 'help' ? [second, '--help', ...rest] : argv
}

function createProgram(
  argv: readonly string[],
  width: number | undefined,
  shown: { output: string; notes: string },
  onCommand: (name: CommandName, names: readonly string[]) => void,
): Commander {
  const helpWidth = Math.min(width ?? WIDEST_HELP, WIDEST_HELP)
  const program = new Commander(PROGRAM)
    .description('Which of your OCI profiles work, and why the others do not.')
    .usage('<command> [options]')
    .version(packageVersion(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print help; after a command with examples')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', () => mainHelp(helpWidth))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void (shown.output += text),
      writeErr: (text) => void (shown.notes += text),
      outputError: () => {},
      getOutHelpWidth: () => helpWidth,
      getErrHelpWidth: () => helpWidth,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .configureHelp({
      showGlobalOptions: true,
      visibleGlobalOptions: heededGlobals,
      subcommandTerm: termOf,
      optionDescription: describeOption,
      formatItem: (term, termWidth, about) => itemText(term, termWidth, about, helpWidth),
    })
  for (const name of globalFlags()) program.addOption(createOption(name))
  for (const name of COMMAND_NAMES) {
    const command = createCommand(program, name)
    program.addCommand(command)
    // Who is not named is not called: the rest of it would be made for nothing.
    if (argv.includes(name)) completeCommand(command, name, helpWidth, onCommand)
  }
  return program
}

function mainHelp(width: number): string {
  return `\n${examplesText(mainExamples(), width)}\n\n${exitsText(USUAL_EXITS, width)}`
}

/** As far as the help of the program tells of it. */
function createCommand(program: Commander, name: CommandName): Commander {
  const { argument, summary }: CommandEntry = COMMANDS[name]
  const command = new Commander(name).copyInheritedSettings(program).summary(summary)
  return argument ? command.argument(argument, ABOUT_ARGUMENT[argument]) : command
}

function completeCommand(
  command: Commander,
  name: CommandName,
  helpWidth: number,
  onCommand: (name: CommandName, names: readonly string[]) => void,
): void {
  const { usage, summary, details, flags, examples, exits }: CommandEntry = COMMANDS[name]
  command.description([capital(summary), details].filter(Boolean).join('. '))
  if (usage) command.usage(usage)
  for (const flag of flags) if (!FLAGS[flag].isGlobal) command.addOption(createOption(flag))
  command.addHelpText('after', () => `\n${examplesText(examples, helpWidth)}`)
  if (exits) command.addHelpText('after', () => `\n${exitsText(exits, helpWidth)}`)
  command.action(() => onCommand(name, command.args))
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
  // A variable that is not set in a script must not choose another profile, or another file, unseen.
  const empty = (Object.keys(FLAGS) as FlagName[]).find((flag) => flags[flag] === '')
  if (empty !== undefined) {
    const option = longName(empty)
    throw usageError(`${option} is empty`, name, `Give ${option} a value, or leave it out.`)
  }
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

/** A command with what it is called with, but for its options. */
function termOf(command: Commander): string {
  const names = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`
    return argument.required ? `<${name}>` : `[${name}]`
  })
  return [command.name(), ...names].join(' ')
}

/** With its choices in one line with its meaning. */
function describeOption({ description, argChoices, defaultValue }: Option): string {
  if (!argChoices) return description
  const choices = argChoices.map((choice) => {
    return choice === defaultValue ? `${choice} (default)` : choice
  })
  return `${description}: ${choices.join(', ')}`
}

function globalFlags(): FlagName[] {
  return (Object.keys(FLAGS) as FlagName[]).filter((name) => FLAGS[name].isGlobal)
}

function longName(flag: FlagName): string {
  return FLAGS[flag].usage.split(' ')[0] ?? flag
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
