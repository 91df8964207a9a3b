/** Each field's value, masked when it is sensitive, and where it came from. Pure. */
import {
  EDITABLE_FIELDS,
  SENSITIVE_FIELDS,
  type EditableField,
  type LoadedProfile,
  type OciProfileConfig,
  withoutSecrets,
} from '../schemas/index.ts'
import { Secret } from '../secret.ts'
import type { DiagnosedField } from './diagnosis.ts'

const SENSITIVE: ReadonlySet<string> = new Set(SENSITIVE_FIELDS)

export function diagnosedFields({
  profile,
  provenance,
}: LoadedProfile): Record<EditableField, DiagnosedField> {
  const fields = EDITABLE_FIELDS.map((field): [EditableField, DiagnosedField] => {
    return [field, { value: shownValue(profile, field), ...provenance[field] }]
  })
  return Object.fromEntries(fields) as Record<EditableField, DiagnosedField>
}

function shownValue(profile: OciProfileConfig, field: EditableField): DiagnosedField['value'] {
  const value = profile[field]
  if (value === null || typeof value === 'boolean') return value
  if (value instanceof Secret) return String(value)
  return SENSITIVE.has(field) ? String(new Secret(value)) : withoutSecrets(value)
}
