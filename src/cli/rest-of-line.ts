/** `exec NAME -- COMMAND [ARGS...]`: what follows the first `--` belongs to another program and is not read here. */
import { COMMANDS, type CommandEntry } from './commands/index.ts'
import { flagOf, takesValue } from './option-words.ts'

export interface SplitLine {
  /** For this program to read. */
  own: readonly string[]
  /** The command of that line if it takes what follows `--`. */
  taker: string | null
  /** `null` where there is no `--`, or the command does not take what follows it. */
  rest: readonly string[] | null
}

export function splitLine(argv: readonly string[]): SplitLine {
  const at = argv.indexOf('--')
  const before = at === -1 ? argv : argv.slice(0, at)
  const word = commandWord(before)
  const taker = word !== undefined && takesRest(word) ? word : null
  if (taker === null || at === -1) return { own: argv, taker, rest: null }
  return { own: before, taker, rest: argv.slice(at + 1) }
}

/** The first word that is neither an option nor the value of one. */
function commandWord(words: readonly string[]): string | undefined {
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    const flag = flagOf(word)
    if (flag !== null && takesValue(flag)) index += 1
    else if (!word.startsWith('-')) return word
  }
  return undefined
}

function takesRest(name: string): boolean {
  if (!Object.hasOwn(COMMANDS, name)) return false
  const entry: CommandEntry = COMMANDS[name as keyof typeof COMMANDS]
  return entry.takesRest === true
}
