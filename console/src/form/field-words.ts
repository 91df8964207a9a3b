/** The fields as the form shows them: which fit which authentication type. What each is, is in the words of the page. */
import type { FieldName } from '../service/index.ts'
import type { Draft } from './draft.ts'

export const AUTH_TYPES = [
  'api_key',
  'security_token',
  'instance_principal',
  'oke_workload_identity',
  'resource_principal',
] as const

export type AuthType = (typeof AUTH_TYPES)[number]

/** `key_file` stands for the choice between it and `key_content`. */
const FITTING: Record<AuthType, readonly FieldName[]> = {
  api_key: ['user', 'tenancy', 'region', 'fingerprint', 'key_file', 'pass_phrase'],
  security_token: ['tenancy', 'region', 'key_file', 'pass_phrase', 'security_token_file'],
  instance_principal: ['region'],
  oke_workload_identity: ['region'],
  resource_principal: ['region'],
}

const OPTIONAL: ReadonlySet<FieldName> = new Set(['pass_phrase'])

const ORDER: readonly FieldName[] = [
  'user',
  'tenancy',
  'region',
  'fingerprint',
  'key_file',
  'pass_phrase',
  'security_token_file',
  'genai_compartment_id',
  'genai_region',
  'additional_user_agent',
  'log_requests',
]

export interface Groups {
  fitting: readonly FieldName[]
  others: readonly FieldName[]
}

export function groupFields(authentication: string): Groups {
  const fitting = isAuthType(authentication) ? FITTING[authentication] : FITTING.api_key
  return { fitting, others: ORDER.filter((field) => !fitting.includes(field)) }
}

/** Whether the type cannot do without a fitting field; of an unknown type that is not known. Principals bring all that they need. */
export function isNeeded(authentication: string, field: FieldName): boolean | undefined {
  if (!isAuthType(authentication)) return undefined
  const fitting: readonly FieldName[] = [...FITTING[authentication], 'key_content']
  return fitting.length > 2 && fitting.includes(field) && !OPTIONAL.has(field)
}

/** The fields that the type cannot do without and that have no value, neither here nor in the service. */
export function emptyNeeded(
  { values, keyBy, cleared }: Draft,
  present: ReadonlySet<FieldName> = new Set(),
): FieldName[] {
  return groupFields(values.authentication)
    .fitting.map((field) => (field === 'key_file' ? keyBy : field))
    .filter((field) => isNeeded(values.authentication, field))
    .filter((field) => values[field] === '' && (!present.has(field) || cleared.has(field)))
}

export function isAuthType(text: string): text is AuthType {
  return AUTH_TYPES.some((type) => type === text)
}
