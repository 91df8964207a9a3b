/** A refusal that another profile explains: it signs with the same key and works, as another user. Pure. */
import { isSameFingerprint, reworded } from '../check/index.ts'
import type { Finding, LoadedProfile, OciProfileConfig } from '../schemas/index.ts'

const FIELDS = ['user', 'tenancy'] as const

type Field = (typeof FIELDS)[number]

/** NOT_AUTHENTICATED with the user and tenancy that the key is known for. */
export function withWorkingTwin(
  finding: Finding,
  loaded: LoadedProfile,
  others: readonly LoadedProfile[],
): Finding {
  const { profile } = loaded
  if (finding.code !== 'NOT_AUTHENTICATED' || profile.authentication !== 'api_key') return finding
  const twin = others.map((other) => other.profile).find((other) => isTwin(other, profile))
  if (twin === undefined) return finding
  const fields = FIELDS.filter((field) => twin[field] !== profile[field])
  const known = assignments(fields, twin)
  const message = `${finding.message}; the same key works in [${twin.auth_profile}], with ${known}`
  const found = reworded(finding, { message, fix: remedy(fields, twin, loaded) })
  return { ...found, field: fields[0] ?? null, line: lineOf(fields[0], loaded) }
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

/** A key may belong to several users; a user is of one tenancy. */
function remedy(fields: readonly Field[], twin: OciProfileConfig, loaded: LoadedProfile): string {
  const change = changes(fields, twin, loaded)
  return fields.includes('user')
    ? `${change} if the key is that user's; else upload it for this user too, or name another key.`
    : `${change}: it is the same user, who is of that tenancy.`
}

/** Where each value is to be written: what is inherited stays as it is for the others that inherit it. */
function changes(fields: readonly Field[], twin: OciProfileConfig, loaded: LoadedProfile): string {
  const { profile, provenance } = loaded
  const bySource = Map.groupBy(fields, (field) => provenance[field].source)
  const steps = [...bySource].map(([source, of]) => {
    if (source === 'environment') {
      return of.map((field) => `set ${provenance[field].variable} to ${twin[field]}`).join(' and ')
    }
    const into = source === 'DEFAULT' ? ` into section [${profile.auth_profile}]` : ''
    return `write ${assignments(of, twin)}${into}`
  })
  const text = steps.join(' and ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function assignments(fields: readonly Field[], twin: OciProfileConfig): string {
  return fields.map((field) => `${field} = ${twin[field]}`).join(' and ')
}

/** The line to correct, or the header of the section that lacks one; `null` leaves it to the field. */
function lineOf(field: Field | undefined, { profile, provenance }: LoadedProfile): number | null {
  const isInherited = field !== undefined && provenance[field].source === 'DEFAULT'
  return isInherited ? (profile.origin.line ?? null) : null
}
