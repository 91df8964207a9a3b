/** Variables → commands of fish, for `source`; each on one line, since fish's command substitution cuts at line ends. */
import { splitHarmful } from './harmful-characters.ts'

export function setInFish(name: string, value: string): string {
  return `set -gx ${name} ${quoteForFish(value)}`
}

export function unsetInFish(names: readonly string[]): string {
  return `set -e ${names.join(' ')}`
}

/** In single quotes a backslash escapes itself and the quote; the other escapes stand between the quotes. */
function quoteForFish(text: string): string {
  const parts = splitHarmful(text, '\n').map((part, index) => {
    return index % 2 === 1 ? escapeCharacter(part) : quoteRun(part)
  })
  return parts.join('') || "''"
}

function quoteRun(text: string): string {
  return text === '' ? '' : `'${text.replaceAll(/[\\']/g, (character) => `\\${character}`)}'`
}

function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n'
  const code = character.codePointAt(0) ?? 0
  const digits = code.toString(16)
  if (code < 0x80) return `\\x${digits.padStart(2, '0')}`
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`
}
