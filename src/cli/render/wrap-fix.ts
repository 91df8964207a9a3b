/** A fix in lines for a terminal. What is there to be copied is never broken: half a command runs, too. */
import { wrapWords } from './width.ts'

/** Behind a colon stands what is to be typed: "Run: chmod 600 x", "in a policy such as: Allow group x to ...". */
const COMMAND = /(?<=: )(?:[a-z(-]|(?<=such as: ))/y
const VALUE = /(?<![A-Za-z_])(?:[a-z_]+ = (?=\S)|(?:OCI_[A-Z_]+|it) to (?=[~/]))/y
/** A path may hold blanks: it ends with its clause. */
const PATH_START = /[~/]/
const CLAUSE_END = /[;,.] | \(|$/y

/** Lines of at most `width` columns; a command, or `key = value`, stays whole and is left to the terminal to wrap. */
export function wrapFix(fix: string, width: number): string[] {
  return wrapWords(piecesOf(fix), width)
}

/** Words, and what has to stay together as if it were one. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  let start = 0
  for (let at = 0; at <= text.length;) {
    if (at === text.length || text[at] === ' ') {
      pieces.push(text.slice(start, at))
      at += 1
      start = at
    } else {
      at = endOfCopy(text, at) ?? at + 1
    }
  }
  return pieces
}

/** End of what is to be copied from here on; `null` where nothing of the kind starts. */
function endOfCopy(text: string, at: number): number | null {
  if (matchAt(COMMAND, text, at) !== null) return endOfCommand(text, at)
  const key = matchAt(VALUE, text, at)
  if (key === null) return null
  const value = at + key.length
  const space = text.indexOf(' ', value)
  const endOfWord = space === -1 ? text.length : space
  return PATH_START.test(text.charAt(value)) ? endOfClause(text, value) : endOfWord
}

/** A command ends with its clause; within quotes and parentheses it goes on. */
function endOfCommand(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at)
    if (depth === 0 && at > start && matchAt(CLAUSE_END, text, at) !== null) return at
    if (character === '\\') at += 1
    else if (character === '(') depth += 1
    else if (character === ')') depth -= 1
    else if (character === '"' || character === "'") at = endOfQuote(text, at)
  }
  return text.length
}

/** Index of the closing quote; of the opening one where there is none, as in "the OCI CLI's". */
function endOfQuote(text: string, start: number): number {
  const end = text.indexOf(text.charAt(start), start + 1)
  return end === -1 ? start : end
}

function endOfClause(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    if (matchAt(CLAUSE_END, text, at) !== null) return at
  }
  return text.length
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}
