/** Whether a profile is still what its file says: it was read at some time before. Pure. */
import { EDITABLE_FIELDS, type EditableField, type LoadedProfile } from '../../schemas/index.ts'
import type { DialectFile } from './dialect-file.ts'

/** Fields whose value is the text itself. */
const PLAIN: readonly EditableField[] = ['user', 'tenancy', 'region', 'fingerprint']

export function isStillSo({ profile, provenance }: LoadedProfile, file: DialectFile): boolean {
  const found = file.read(profile.auth_profile)
  if (found === null || found.section.line !== profile.origin.line) return false
  return EDITABLE_FIELDS.every((field) => {
    const { source, line } = provenance[field]
    // Two keys may set the type, and the other one counts for it.
    if (field === 'authentication' || (source !== 'section' && source !== 'DEFAULT')) return true
    const value = found.values.get(field)
    if (PLAIN.includes(field) && (value?.value || null) !== profile[field]) return false
    return value?.line === line
  })
}
