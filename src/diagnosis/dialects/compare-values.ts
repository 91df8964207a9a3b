/** The values of a section as this package has them against those of another tool, key by key. Pure. */
import type { Difference, ValueKind } from './difference.ts'
import type { ReadValue } from './reading.ts'

type Values = ReadonlyMap<string, ReadValue>

export interface Compared {
  ours: Values
  theirs: Values
  /** Whether the tool looks into DEFAULT. */
  inherits: boolean
  /** Line of the header of a second section of that name; `null` where there is none, or where it is read, too. */
  secondSection: number | null
  /** Whether lines of the file end with CR alone. */
  hasLoneReturns: boolean
  /** Text of a line of the file, by its 1-based number. */
  lineText: (line: number) => string
}

/** One difference for each of these keys that the tool has with another value, or not at all. */
export function compareValues(keys: readonly string[], compared: Compared): Difference[] {
  return keys.map((key) => compareValue(key, compared)).filter((difference) => difference !== null)
}

function compareValue(key: string, compared: Compared): Difference | null {
  const our = compared.ours.get(key)
  const their = compared.theirs.get(key)
  if ((our?.value ?? '') === (their?.value ?? '')) return null
  if (our === undefined || our.value === '') return foreignValue(key, compared)
  const line = our.line
  const kind = whyMissed(key, our, compared) ?? (their && whyOther(our, their)) ?? whyLost(compared)
  if (kind === 'other_line') return { kind, key, line: their?.line ?? line }
  return { kind, key, line }
}

/** The tool has a value where this package has none. */
function foreignValue(key: string, { theirs, ours, lineText }: Compared): Difference {
  const { line } = theirs.get(key)!
  const alias = ours.get('passphrase')
  const isAlias = key === 'pass_phrase' && alias?.line === line
  return isAlias && /passphrase/i.test(lineText(line))
    ? { kind: 'alias', key: 'passphrase', line }
    : { kind: 'other_line', key, line }
}

/** Why the tool does not have the value from the line on which this package finds it. */
function whyMissed(key: string, our: ReadValue, compared: Compared): ValueKind | null {
  const { theirs, inherits, secondSection, lineText } = compared
  const their = theirs.get(key)
  if (our.isInherited && !inherits) return their === undefined ? 'not_inherited' : null
  if (secondSection !== null && our.line > secondSection) return 'second_section'
  if (isWrittenOtherwise(key, our.line, theirs)) return 'key_case'
  return /^[^=]*:/.test(lineText(our.line)) ? 'colon_in_section' : null
}

function whyLost({ hasLoneReturns }: Compared): ValueKind {
  return hasLoneReturns ? 'line_end' : 'not_seen'
}

function isWrittenOtherwise(key: string, line: number, theirs: Values): boolean {
  return [...theirs].some(([name, value]) => {
    return value.line === line && name !== key && name.toLowerCase() === key
  })
}

function whyOther(our: ReadValue, their: ReadValue): ValueKind {
  if (our.line !== their.line) return 'other_line'
  if (our.value.includes('\n')) return 'first_line_only'
  const isStart = our.value.startsWith(their.value)
  return isStart && /^\s*=/.test(our.value.slice(their.value.length)) ? 'cut' : 'other_value'
}
