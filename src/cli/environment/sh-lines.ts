/** Variables → commands of a POSIX shell, for `eval`. */
import { splitHarmful } from './harmful-characters.ts'

export function setInSh(name: string, value: string): string {
  return `export ${name}=${quoteForSh(value)}`
}

export function unsetInSh(names: readonly string[]): string {
  return `unset ${names.join(' ')}`
}

/** In single quotes nothing is special but their end. What a terminal would obey is made by printf. */
function quoteForSh(text: string): string {
  const parts = splitHarmful(text).map((part, index) => {
    return index % 2 === 1 ? `"$(printf '${octalBytes(part)}')"` : quoteRun(part)
  })
  return parts.join('') || "''"
}

function quoteRun(text: string): string {
  return text === '' ? '' : `'${text.replaceAll("'", `'\\''`)}'`
}

function octalBytes(character: string): string {
  const bytes = [...Buffer.from(character, 'utf8')]
  return bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
}
