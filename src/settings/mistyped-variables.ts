/** Variables that nearly name a setting: they have no effect, and whoever set them would look for long. */
import { nearestName } from '../schemas/index.ts'
import type { Environment } from './place.ts'
import { SETTING_NAMES, SETTINGS } from './table.ts'

const PREFIX = 'OCI_PROFILES_'

export interface MistypedVariable {
  variable: string
  meant: string
}

/** Only what stands close to a real name: other variables with the prefix belong to somebody else. */
export function findMistypedVariables(env: Environment): MistypedVariable[] {
  const known = SETTING_NAMES.map((name) => SETTINGS[name].env).filter(hasPrefix)
  const suffixes = known.map(withoutPrefix)
  const unknown = Object.keys(env).filter((name) => hasPrefix(name) && !known.includes(name))
  return unknown.flatMap((variable) => {
    const nearest = nearestName(withoutPrefix(variable), suffixes)
    return nearest === null ? [] : [{ variable, meant: `${PREFIX}${nearest}` }]
  })
}

function hasPrefix(name: string): boolean {
  return name.startsWith(PREFIX)
}

function withoutPrefix(name: string): string {
  return name.slice(PREFIX.length)
}
