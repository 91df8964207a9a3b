/** What the words of a difference are made of. Pure. */
import type { Difference } from './difference.ts'
import { listed, type Subject, type Tool } from './tools.ts'

/** Differences of one kind that the same tools share. */
export interface Told {
  tools: readonly Tool[]
  /** Name of the section, in brackets. */
  section: string
  /** Keys concerned, listed: `user and region`. */
  keys: string
  /** `line 3`, `lines 3 and 4`; empty where there is none. */
  lines: string
  /** The same in parentheses, after a blank. */
  at: string
  about: string
}

export interface Words {
  /** Nothing is wrong with the file: the tool only has to be told something. */
  isHint?: boolean
  say: (subject: Subject, told: Told) => string
  mend: (told: Told) => string
}

const LONGEST_NAME = 128

export function tell(
  differences: readonly Difference[],
  section: string,
  tools: readonly Tool[],
): Told {
  const keys = [...new Set(differences.map(({ key }) => key).filter((key) => key !== null))]
  const place = placeOf(differences)
  return {
    tools,
    section: `[${shortened(section)}]`,
    keys: listed(keys),
    lines: place,
    at: place && ` (${place})`,
    about: differences[0]?.about ?? '',
  }
}

function placeOf(differences: readonly Difference[]): string {
  const known = differences.flatMap(({ line, lines }): (number | null)[] => [...(lines ?? [line])])
  const numbers = [...new Set(known.filter((line) => line !== null))].toSorted((a, b) => a - b)
  if (numbers.length === 0) return ''
  const more = differences.reduce((sum, difference) => sum + (difference.more ?? 0), 0)
  const lines = [...numbers.map(String), ...(more === 0 ? [] : [`${more} more`])]
  return `${lines.length === 1 ? 'line' : 'lines'} ${listed(lines)}`
}

function shortened(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name
}
