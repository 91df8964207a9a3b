/** An authentication type that is none of the known words: never silently taken for another one. Pure. */
import { AUTH_TYPES, nearestName } from '../schemas/index.ts'
import type { Finding, OciProfileConfig } from '../schemas/index.ts'
import { errorFinding } from './finding.ts'
import { quoted } from './quoted.ts'
import { writingFault } from './writing-fault.ts'

export function inspectAuthentication(profile: OciProfileConfig): Finding {
  const value = profile.authentication
  const message = `authentication is ${quoted(value)}, which is none of the known types`
  return errorFinding('AUTHENTICATION_UNKNOWN', 'authentication', message, remedy(profile, value))
}

function remedy(profile: OciProfileConfig, value: string): string | undefined {
  const bare = value.trim().replace(/^["'](.*)["']$/, '$1')
  const nearest = nearestName(bare, AUTH_TYPES)
  if (nearest)
    return `Write authentication = ${nearest}; the known types are ${AUTH_TYPES.join(', ')}.`
  return writingFault(profile, 'authentication', value)?.fix
}
