/**
 * OCIDs of users and tenancies: `ocid1.<type>.<realm>.[region][.future use].<unique>`, and the older form with colons.
 * As lenient as Oracle's Python SDK about the parts, stricter about the type, which must be that of the field. Pure.
 */
import type { Finding, OciProfileConfig } from '../schemas/index.ts'
import { errorFinding } from './finding.ts'
import { writingFault } from './writing-fault.ts'

export type OcidField = 'user' | 'tenancy'

const OCID = /^ocid[0-9a-z]*[.:]([0-9a-z_-]+)[.:](?:[0-9a-z_-]*[.:]){2,}[0-9a-z_-]+$/i

const WHERE: Record<OcidField, string> = {
  user: 'Copy the OCID of the user from the OCI Console (Profile menu > User settings).',
  tenancy: 'Copy the OCID of the tenancy from the OCI Console (Profile menu > Tenancy).',
}

/** Says what the field must hold and where to find it. */
export function whereToFind(field: OcidField): string {
  return WHERE[field]
}

/** Type of an OCID in lower case (`user`, `tenancy`, `compartment`, ...), `null` for what is no OCID. */
export function ocidType(value: string): string | null {
  return OCID.exec(value)?.[1]?.toLowerCase() ?? null
}

export function inspectOcid(profile: OciProfileConfig, field: OcidField): Finding | null {
  const value = profile[field]
  if (value === null) return null
  const count = value.slice(0, 4096).match(/ocid1\./gi)?.length ?? 0
  if (count > 1 && !/[\r\n]/.test(value)) {
    const message = `${field} holds ${count} OCIDs, one after the other`
    return errorFinding(
      'OCID_INVALID',
      field,
      message,
      `Keep one of them in ${field}: ${lowerFirst(WHERE[field])}`,
    )
  }
  const type = ocidType(value)
  if (type === field) return null
  if (type !== null) return wrongType(profile, field, type)

  const slip = writingFault(profile, field, value)
  if (slip) return errorFinding('OCID_INVALID', field, `${field} ${slip.what}`, slip.fix)
  return errorFinding('OCID_INVALID', field, `${field} ${describe(value)}`, WHERE[field])
}

function wrongType(profile: OciProfileConfig, field: OcidField, type: string): Finding {
  const message = `${field} holds ${genitive(type)} OCID, not a ${field}'s`
  const fix = areSwapped(profile) ? 'Exchange the values of user and tenancy.' : WHERE[field]
  return errorFinding('OCID_INVALID', field, message, fix)
}

function areSwapped({ user, tenancy }: OciProfileConfig): boolean {
  return ocidType(user ?? '') === 'tenancy' && ocidType(tenancy ?? '') === 'user'
}

function genitive(type: string): string {
  return `${/^[aeio]/.test(type) ? 'an' : 'a'} ${type.slice(0, 40)}'s`
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

function describe(value: string): string {
  if (value.includes('@')) return 'holds an e-mail address, not an OCID'
  if (/^[=\w]{1,20}=ocid1\./i.test(value) || /^=+ocid1\./i.test(value)) {
    return 'has more before the OCID: an "=", or the name of the field once more'
  }
  if (!/^ocid/i.test(value)) return 'is not an OCID: it does not start with ocid1'
  if (/[.:]$/.test(value)) return 'is not a whole OCID: its last part is missing'
  const parts = value.split(/[.:]/)
  if (parts.length < 5) return `is not a whole OCID: it has ${parts.length} parts instead of 5`
  return 'is not an OCID: it holds characters other than letters, digits, "_" and "-"'
}
