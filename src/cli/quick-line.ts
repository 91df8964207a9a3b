/**
 * Lines with nothing to explain or complain of, read without commander: loading that takes longer than most commands run.
 * Whatever is out of the ordinary, help included, is left to command-line.ts, which has to read these lines alike.
 */
import { COMMANDS, type CommandEntry } from './commands/index.ts'
import { FLAGS, type FlagName, type Flags } from './flags.ts'
import { flagOf, takesValue } from './option-words.ts'
import type { CommandLine } from './command-line.ts'

type Asked = Extract<CommandLine, { kind: 'command' }>

/** `null` where more care is needed. */
export function readQuickLine(argv: readonly string[]): Asked | null {
  const words: string[] = []
  const given = new Map<FlagName, string | boolean>()
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? ''
    if (!word.startsWith('-')) {
      words.push(word)
      continue
    }
    const flag = flagOf(word)
    if (flag === null || given.has(flag)) return null
    // The options of a command stand behind it.
    if (words.length === 0 && !FLAGS[flag].isGlobal) return null
    const value = takesValue(flag) ? argv[(index += 1)] : !word.startsWith('--no-')
    if (value === undefined || !isOrdinary(flag, value)) return null
    given.set(flag, value)
  }
  const [name = '', ...names] = words
  return Object.hasOwn(COMMANDS, name)
    ? assemble(COMMANDS[name as keyof typeof COMMANDS], names, given)
    : null
}

function isOrdinary(flag: FlagName, value: string | boolean): boolean {
  if (typeof value === 'boolean') return true
  if (value === '' || value.startsWith('-')) return false
  return FLAGS[flag].choices?.includes(value) ?? true
}

function assemble(
  entry: CommandEntry,
  names: readonly string[],
  given: ReadonlyMap<FlagName, string | boolean>,
): Asked | null {
  const most = entry.argument?.endsWith('...]') ? Number.POSITIVE_INFINITY : entry.argument ? 1 : 0
  if (entry.takesRest || names.length > most || names.includes('')) return null
  if ([...given.keys()].some((flag) => !entry.flags.includes(flag))) return null
  if (names.length > 0 && given.has('profile')) return null
  const flags = { ...defaultsOf(entry), ...Object.fromEntries(given) } as Flags
  return { kind: 'command', entry, names, rest: [], flags }
}

/** Of the options that every command has a value for, and of its own. */
function defaultsOf({ flags }: CommandEntry): Partial<Flags> {
  const names = (Object.keys(FLAGS) as FlagName[]).filter((flag) => {
    return FLAGS[flag].isGlobal || flags.includes(flag)
  })
  const values = names.map((flag) => [flag, FLAGS[flag].default])
  return { color: true, ...Object.fromEntries(values.filter(([, value]) => value !== undefined)) }
}
