/** The values that a fault is about, and which of them the profile did not write itself. Pure. */
import type { EditableField, Finding, OciProfileConfig, Provenance } from '../schemas/index.ts'

type Fault = Pick<Finding, 'code' | 'message'> & Partial<Pick<Finding, 'field'>>

/** What OCI knows somebody by. */
const IDENTITIES: Readonly<Record<string, readonly EditableField[]>> = {
  api_key: ['user', 'tenancy', 'fingerprint', 'key_file', 'key_content'],
  security_token: ['tenancy', 'key_file', 'key_content', 'security_token_file'],
}

/** Besides that of the fault's field. */
const INVOLVED: Readonly<Record<string, readonly EditableField[]>> = {
  // A type asks for its fields.
  FIELD_MISSING: ['authentication'],
  NOT_ON_OCI: ['authentication'],
  NOT_ON_OKE: ['authentication'],
  RESOURCE_PRINCIPAL_UNAVAILABLE: ['authentication'],
  FINGERPRINT_MISMATCH: ['fingerprint', 'key_file', 'key_content'],
  PASS_PHRASE_MISSING: ['key_file', 'key_content'],
  PASS_PHRASE_WRONG: ['pass_phrase', 'key_file', 'key_content'],
  TOKEN_KEY_MISMATCH: ['security_token_file', 'key_file', 'key_content'],
  REALM_UNKNOWN: ['region', 'tenancy'],
}

export function identityFields({ authentication }: OciProfileConfig): readonly EditableField[] {
  return IDENTITIES[authentication] ?? []
}

export function involvedFields(fault: Fault, profile: OciProfileConfig): readonly EditableField[] {
  if (fault.code === 'NOT_AUTHENTICATED') return identityFields(profile)
  const own = fault.field == null ? [] : [fault.field as EditableField]
  const { region } = profile
  // Names of proxies, and of hosts that the environment sets, hold no region.
  const isOfRegion = fault.code === 'DNS_FAILED' && fault.message.includes(`.${region}.`)
  return [
    ...new Set([...own, ...(isOfRegion ? ['region' as const] : (INVOLVED[fault.code] ?? []))]),
  ]
}

/** A value with its source. */
export interface ElsewhereValue {
  field: EditableField
  /** Goes on after the field: "is from OCI_CLI_USER", "is from DEFAULT, line 3". */
  from: string
  /** Name of the environment variable, `null` for a value of DEFAULT. */
  variable: string | null
}

/** Those of the fields whose values are from DEFAULT or from the environment. */
export function fromElsewhere(
  fields: readonly EditableField[],
  profile: OciProfileConfig,
  provenance: Provenance,
): ElsewhereValue[] {
  return fields
    .filter((field) => provenance[field] !== undefined && profile[field] !== null)
    .map((field) => ({ field, ...provenance[field] }))
    .filter(({ source }) => source === 'DEFAULT' || source === 'environment')
    .map(({ field, line, variable = null }) => {
      return { field, variable, from: `is from ${variable ?? `DEFAULT, line ${line}`}` }
    })
}

/** `user is from DEFAULT, line 3; fingerprint is from OCI_CLI_FINGERPRINT` */
export function sourcesText(values: readonly ElsewhereValue[]): string {
  return values.map(({ field, from }) => `${field} ${from}`).join('; ')
}
