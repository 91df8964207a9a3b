/** An authentication type that is none of the known words: never silently taken for another one. Pure. */
import {
  AUTH_TYPES,
  nearestName,
  type AuthType,
  type Finding,
  type OciProfileConfig,
} from '../schemas/index.ts'
import { errorFinding } from './finding.ts'
import { quoted } from './quoted.ts'
import { writingFault } from './writing-fault.ts'

export function inspectAuthentication(profile: OciProfileConfig): Finding {
  const value = profile.authentication
  const message = `authentication is ${quoted(value)}, which is none of the known types`
  return errorFinding('AUTHENTICATION_UNKNOWN', 'authentication', message, remedy(profile, value))
}

/** The type that a misspelt one most likely meant. */
export function meantAuthType({ authentication }: OciProfileConfig): AuthType | null {
  const bare = authentication.trim().replace(/^["'](.*)["']$/, '$1')
  return AUTH_TYPES.find((type) => type === nearestName(bare, AUTH_TYPES)) ?? null
}

function remedy(profile: OciProfileConfig, value: string): string | undefined {
  const nearest = meantAuthType(profile)
  if (nearest)
    return `Write authentication = ${nearest}; the known types are ${AUTH_TYPES.join(', ')}.`
  return writingFault(profile, 'authentication', value)?.fix
}
