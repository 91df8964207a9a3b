/** One code as it is seen: the block of docs/errors.md, in the page's words. */
import type { ErrorCode } from '../../../src/errors.ts'

export interface Example {
  /** What the block is fenced as. */
  language: 'text' | 'http' | 'json'
  text: string
}

/** What came in place of the code that was to be provoked. */
export interface Missed {
  fault: string
}

/** Why this machine cannot provoke it. */
export interface Skipped {
  skipped: string
}

export type Outcome = Example | Missed | Skipped
export type Examples = Map<ErrorCode, Outcome>

/** One case that goes wrong is no reason for the others to be missing. */
export async function orFault(provoke: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await provoke()
  } catch (error) {
    return { fault: String(error) }
  }
}

const WIDTH = 100

/** JSON with its members spread over lines, as many to a line as fit. */
export function formatJson(json: string): string {
  const lines: string[] = []
  for (const piece of piecesOf(JSON.parse(json))) {
    const last = lines.at(-1)
    if (last === undefined) lines.push(piece)
    else if (last.length + 1 + piece.length <= WIDTH) lines[lines.length - 1] = `${last} ${piece}`
    else lines.push(`  ${piece}`)
  }
  return lines.join('\n')
}

/** Pieces that no line break may part. */
function piecesOf(value: unknown): string[] {
  if (Array.isArray(value)) return wrapped('[', value.flatMap(withComma), ']')
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value)]
  const members = Object.entries(value).map(([name, member]) => {
    const [first = '', ...rest] = piecesOf(member)
    return [`"${name}": ${first}`, ...rest]
  })
  return wrapped('{ ', members.flatMap(endedByComma), ' }')
}

function withComma(value: unknown, index: number, all: readonly unknown[]): string[] {
  return endedByComma(piecesOf(value), index, all)
}

function endedByComma(pieces: string[], index: number, { length }: readonly unknown[]): string[] {
  return index === length - 1 ? pieces : [...pieces.slice(0, -1), `${pieces.at(-1)},`]
}

function wrapped(open: string, pieces: readonly string[], close: string): string[] {
  const opened = pieces.map((piece, index) => (index === 0 ? open + piece : piece))
  return opened.map((piece, index) => (index === opened.length - 1 ? piece + close : piece))
}

/** The first line that holds the text, with the lines below it that are indented further; `null` where there is none. */
export function linesOf(output: string, text: string): string | null {
  const lines = output.split('\n')
  const first = lines.findIndex((line) => line.includes(text))
  const line = lines[first]
  if (line === undefined) return null
  const indent = indentOf(line)
  const below = lines.slice(first + 1)
  const end = below.findIndex((next) => indentOf(next) <= indent)
  const block = [line, ...(end === -1 ? below : below.slice(0, end))]
  return block.map((each) => each.slice(indent).trimEnd()).join('\n')
}

function indentOf(line: string): number {
  return line.search(/\S|$/)
}
