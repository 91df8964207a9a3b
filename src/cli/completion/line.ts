/** Words of a line → what may stand at its end. */
import { COMMANDS, type CommandEntry, type CommandName } from '../commands/index.ts'
import type { FlagName } from '../flags.ts'
import { flagOf, takesValue } from '../option-words.ts'

/** What the word at the cursor is. */
export type Place =
  | { kind: 'command' }
  | { kind: 'option' }
  /** `prefix` is what stands before the value in the same word: `--output=`. */
  | { kind: 'value'; flag: FlagName; prefix: string }
  | { kind: 'argument' }
  /** A word of the command that follows `--`. */
  | { kind: 'rest' }
  | { kind: 'unknown' }

export interface Line {
  place: Place
  /** `null` before a command is named. */
  command: CommandName | null
  /** Arguments of the command before the cursor. */
  names: readonly string[]
  used: ReadonlySet<FlagName>
  configFile?: string
}

interface Reading {
  command: CommandName | null
  names: string[]
  used: Set<FlagName>
  configFile?: string
  /** The option whose value comes next. */
  pending: FlagName | null
  /** `--` was there: no options any more. */
  isOpen: boolean
  /** A word where a command belongs, that names none. */
  isLost: boolean
}

export function readLine(before: readonly string[], current: string): Line {
  const reading: Reading = {
    command: null,
    names: [],
    used: new Set(),
    pending: null,
    isOpen: true,
    isLost: false,
  }
  for (const word of before) readWord(reading, word)
  return { ...reading, place: placeOf(reading, current) }
}

function readWord(reading: Reading, word: string): void {
  if (reading.pending !== null) {
    takeValue(reading, reading.pending, word)
    reading.pending = null
  } else if (reading.isOpen && word === '--') {
    reading.isOpen = false
  } else if (reading.isOpen && word.startsWith('-')) {
    readOption(reading, word)
  } else if (reading.command !== null) {
    reading.names.push(word)
  } else if (isCommandName(word)) {
    reading.command = word
  } else {
    reading.isLost = true
  }
}

function readOption(reading: Reading, word: string): void {
  const { name, value } = splitOption(word)
  const flag = flagOf(name)
  if (flag === null) return
  reading.used.add(flag)
  if (!takesValue(flag)) return
  if (value === null) reading.pending = flag
  else takeValue(reading, flag, value)
}

function takeValue(reading: Reading, flag: FlagName, value: string): void {
  if (flag === 'configFile') reading.configFile = value
}

function placeOf({ command, pending, isOpen, isLost }: Reading, current: string): Place {
  if (isLost) return { kind: 'unknown' }
  if (pending !== null) return { kind: 'value', flag: pending, prefix: '' }
  const entry: CommandEntry | null = command === null ? null : COMMANDS[command]
  if (!isOpen) return { kind: entry?.takesRest ? 'rest' : 'argument' }
  if (!current.startsWith('-')) return { kind: entry === null ? 'command' : 'argument' }
  const { name, value } = splitOption(current)
  if (value === null) return { kind: 'option' }
  const flag = flagOf(name)
  if (flag === null || !takesValue(flag)) return { kind: 'unknown' }
  return { kind: 'value', flag, prefix: `${name}=` }
}

function splitOption(word: string): { name: string; value: string | null } {
  const at = word.indexOf('=')
  return at === -1
    ? { name: word, value: null }
    : { name: word.slice(0, at), value: word.slice(at + 1) }
}

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name)
}
