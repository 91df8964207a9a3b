/** What commander complains of → the fact and the remedy, a line each. */
import type { CommanderError } from 'commander'
import { OciProfilesError } from '../errors.ts'
import { nearestName, shellWord } from '../schemas/index.ts'
import { COMMANDS, type CommandEntry } from './commands/index.ts'
import { FLAGS, type FlagName } from './flags.ts'
import { FOREIGN_OPTIONS } from './foreign-options.ts'

const SUGGESTION = /\s*\(Did you mean (?:one of )?(.+)\?\)$/

/** `command` is the one that was asked for, if any. */
export function usageFault(
  { code, message }: Pick<CommanderError, 'code' | 'message'>,
  command?: string,
): OciProfilesError {
  const text = message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ')
  switch (code) {
    case 'commander.unknownOption':
      return unknownOption(text, command)
    case 'commander.invalidArgument':
      return wrongChoice(text, command)
    case 'commander.excessArguments':
      return tooMany(text, command)
    default:
      return usageError(text, command)
  }
}

export function usageError(fact: string, command?: string, hint?: string): OciProfilesError {
  const help = ['oci-profiles', command, '--help'].filter(Boolean).join(' ')
  return new OciProfilesError('USAGE', fact, { fix: hint ?? `Run "${help}".` })
}

function unknownOption(text: string, command?: string): OciProfilesError {
  const [, nearest] = SUGGESTION.exec(text) ?? []
  // What follows the "=" may be a secret.
  const option = /'([^'=]*)/.exec(text)?.[1] ?? ''
  const takers = takersOf(option)
  const isTaken = command === undefined || takers.includes(command)
  if (
    text.includes('=') &&
    (/^--(?:help|version)$/.test(option) || (takers.length > 0 && isTaken))
  ) {
    return usageError(`${option} takes no value`, command, `Write ${option} alone.`)
  }
  if (command && takers.length > 0) {
    const fact = `the command "${command}" does not take ${option}`
    return usageError(fact, command, `It is an option of ${takers.join(', ')}.`)
  }
  const foreign = Object.hasOwn(FOREIGN_OPTIONS, option) ? FOREIGN_OPTIONS[option] : undefined
  const meant = nearest && `Did you mean ${nearest.replaceAll(', ', ' or ')}?`
  const hint = foreign ?? meant ?? hintAtName(option, command)
  return usageError(`unknown option ${option}`, command, hint)
}

/** A profile may be called so; behind "--" a command may begin, so that the name goes into an option of its own. */
function hintAtName(word: string, command?: string): string | undefined {
  const entry: CommandEntry | undefined = COMMANDS[command as keyof typeof COMMANDS]
  if (!entry?.argument?.startsWith('[NAME') || !/^-[^-]./.test(word)) return undefined
  return `Run "oci-profiles ${command} --help"; for a profile of that name write --profile=${shellWord(word)}`
}

/** Commands that have an option of that name. */
function takersOf(option: string): string[] {
  const names = Object.keys(FLAGS) as FlagName[]
  const flag = names.find((name) => FLAGS[name].usage.split(' ')[0] === option)
  const commands = Object.entries<CommandEntry>(COMMANDS)
  return flag ? commands.filter(([, { flags }]) => flags.includes(flag)).map(([name]) => name) : []
}

function wrongChoice(text: string, command?: string): OciProfilesError {
  const [, option = '', value = ''] =
    /^option '(\S+).*' argument '(.*)' is invalid/.exec(text) ?? []
  const flag = Object.values(FLAGS).find(({ usage }) => usage.split(' ')[0] === option)
  if (!flag?.choices) return usageError(text, command)
  const nearest = nearestName(value, flag.choices)
  const fact = `${option} takes ${alternatives(flag.choices)}, not "${value}"`
  return usageError(fact, command, nearest === null ? undefined : `Did you mean "${nearest}"?`)
}

/** `a, b or c` */
function alternatives(values: readonly string[]): string {
  return [values.slice(0, -1).join(', '), values.at(-1)].filter(Boolean).join(' or ')
}

function tooMany(text: string, command?: string): OciProfilesError {
  const [, name] = /but got 1: (.+)\.$/.exec(text) ?? []
  const hint =
    command === 'list' && name
      ? `To see one profile, run "oci-profiles show ${shellWord(name)}".`
      : undefined
  return usageError(text, command, hint)
}
