/** What a script hands over → the words that a command would get, and what of the last one stays. */
import { isShell, type Shell } from '../completion-scripts/index.ts'
import { unquoteBash } from './unquote.ts'

export interface Call {
  shell: Shell
  /** The end of the line that the shell will replace, where it says so. */
  replaced: string | null
  /** Without the program; the last one is at the cursor. */
  words: readonly string[]
}

export interface TypedWords {
  /** Before the word at the cursor. */
  before: readonly string[]
  /** The word at the cursor, as far as it is typed. */
  current: string
  /** Characters of it that the shell leaves on the line and does not want back. */
  keptLength: number
}

const REPLACED = 'replaced='
/** What bash takes for words of their own. */
const BREAKS = /^[=:@]+$/

/** `SHELL [replaced=TEXT] -- WORD...`; `null` for anything else. */
export function readCall([shell = '', ...rest]: readonly string[]): Call | null {
  const at = rest.indexOf('--')
  if (!isShell(shell) || at === -1) return null
  const replaced = rest.slice(0, at).find((word) => word.startsWith(REPLACED))
  return {
    shell,
    replaced: replaced?.slice(REPLACED.length) ?? null,
    words: rest.slice(at + 1),
  }
}

export function readTypedWords({ shell, words, replaced }: Call): TypedWords {
  const last = words.at(-1) ?? ''
  if (shell !== 'bash') return { before: words.slice(0, -1), current: last, keptLength: 0 }
  const whole = joinPieces(words).map(unquoteBash)
  const current = whole.at(-1) ?? ''
  const end = unquoteBash(replaced ?? (BREAKS.test(last) ? '' : last))
  return { before: whole.slice(0, -1), current, keptLength: current.length - end.length }
}

/** `--output`, `=`, `ta` → `--output=ta` */
function joinPieces(pieces: readonly string[]): string[] {
  const words: string[] = []
  let isOpen = false
  for (const piece of pieces) {
    const isBreak = BREAKS.test(piece)
    if (words.length > 0 && (isOpen || isBreak)) words.push(`${words.pop()}${piece}`)
    else words.push(piece)
    isOpen = isBreak
  }
  return words
}
