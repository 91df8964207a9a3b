/** A refusal that another profile explains: it signs with the same key and works, as another user. Pure. */
import { isSameFingerprint, reworded } from '../check/index.ts'
import type { Finding, LoadedProfile, OciProfileConfig } from '../schemas/index.ts'

const FIELDS = ['user', 'tenancy'] as const

/** NOT_AUTHENTICATED with the user and tenancy that the key is known for. */
export function withWorkingTwin(
  finding: Finding,
  profile: OciProfileConfig,
  others: readonly LoadedProfile[],
): Finding {
  if (finding.code !== 'NOT_AUTHENTICATED' || profile.authentication !== 'api_key') return finding
  const twin = others.map((other) => other.profile).find((other) => isTwin(other, profile))
  if (twin === undefined) return finding
  const name = `[${twin.auth_profile}]`
  const fields = FIELDS.filter((field) => twin[field] !== profile[field])
  const known = fields.map((field) => `${field} = ${twin[field]}`).join(' and ')
  const message = `${finding.message}; the same key works in ${name}, with ${known}`
  const fix = `Write ${known} if the key is that user's; else upload it for this user too, or name another key.`
  return { ...reworded(finding, { message, fix }), field: fields[0] ?? null }
}

function isTwin(
  other: OciProfileConfig,
  { fingerprint, user, tenancy }: OciProfileConfig,
): boolean {
  if (!other.useable || other.authentication !== 'api_key') return false
  if (other.fingerprint === null || fingerprint === null) return false
  if (other.user === user && other.tenancy === tenancy) return false
  return isSameFingerprint(other.fingerprint, fingerprint)
}
