/** Variables of a profile → text in one of the formats of `env`. */
import { renderJson } from '../render/index.ts'
import type { EnvFormat } from '../flags.ts'
import { setInDotenv } from './dotenv-lines.ts'
import { setInFish, unsetInFish } from './fish-lines.ts'
import { setInPowerShell, unsetInPowerShell } from './powershell-lines.ts'
import { textOf, type ProfileVariables } from './profile-values.ts'
import { setInSh, unsetInSh } from './sh-lines.ts'

type Shown = Pick<ProfileVariables, 'set' | 'unset'>

const FORMATS: Readonly<Record<EnvFormat, (variables: Shown) => string>> = {
  sh: inLines(setInSh, unsetInSh),
  fish: inLines(setInFish, unsetInFish),
  powershell: inLines(setInPowerShell, unsetInPowerShell),
  dotenv: inLines(setInDotenv),
  terraform: inLines(setInSh, unsetInSh),
  json: inJson,
}

/** Ends with a line feed. Throws VALUE_INVALID where the format cannot hold a value. */
export function formatVariables(format: EnvFormat, variables: Shown): string {
  return FORMATS[format](variables)
}

/** First what goes, then what comes: the last command's success is that of the whole. */
function inLines(
  set: (name: string, value: string) => string,
  unset?: (names: readonly string[]) => string,
): (variables: Shown) => string {
  return (variables) => {
    const gone = unset && variables.unset.length > 0 ? [unset(variables.unset)] : []
    const lines = [...variables.set].map(([name, value]) => set(name, textOf(value)))
    return `${[...gone, ...lines].join('\n')}\n`
  }
}

/** `null` for a variable that must not be there. */
function inJson({ set, unset }: Shown): string {
  const given = [...set].map(([name, value]) => [name, textOf(value)])
  return renderJson(Object.fromEntries([...given, ...unset.map((name) => [name, null])]))
}
