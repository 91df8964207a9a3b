/** Variables → commands of PowerShell, for `Invoke-Expression`; each on one line, since pipes there carry lines. */
import { splitHarmful } from './harmful-characters.ts'

export function setInPowerShell(name: string, value: string): string {
  return `$Env:${name} = ${quoteForPowerShell(value)}`
}

export function unsetInPowerShell(names: readonly string[]): string {
  const items = names.map((name) => `Env:${name}`).join(', ')
  return `Remove-Item ${items} -ErrorAction Ignore`
}

/** In single quotes nothing is special but quotes, of which PowerShell knows five. */
function quoteForPowerShell(text: string): string {
  const parts = splitHarmful(text, '\n').map((part, index) => {
    return index % 2 === 1 ? makeCharacter(part) : quoteRun(part)
  })
  return parts.join(' + ')
}

function quoteRun(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`
}

function makeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code < 0x10000 ? `[char]${code}` : `[char]::ConvertFromUtf32(${code})`
}
