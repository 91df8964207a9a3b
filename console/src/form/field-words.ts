/** The fields as the form shows them: which fit which authentication type, and what each is. */
import type { FieldName } from '../service/index.ts'

export const AUTH_TYPES = {
  api_key: 'API key: a user signs with a private key',
  security_token: 'Session token: what "oci session authenticate" leaves',
  instance_principal: 'Instance principal: the compute instance that the service runs on',
  oke_workload_identity: 'OKE workload identity: the pod that the service runs in',
  resource_principal: 'Resource principal: the OCI resource that the service is part of',
} as const

export type AuthType = keyof typeof AUTH_TYPES

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

export const HINTS: Partial<Record<FieldName, string>> = {
  user: 'OCID. OCI Console: Profile menu > User settings.',
  tenancy: 'OCID. OCI Console: Profile menu > Tenancy.',
  region: 'Such as eu-frankfurt-1.',
  fingerprint: 'Of the API key: 16 pairs of hex digits with colons.',
  key_file: 'Path on the machine of the service.',
  key_content: 'Private key in PEM. It stays in the memory of the service.',
  pass_phrase: 'Of the private key, if it is encrypted.',
  security_token_file: 'Path on the machine of the service.',
  genai_compartment_id: 'OCID of the compartment for GenAI inference.',
  genai_region: 'Region of the GenAI endpoint, if it is another.',
  additional_user_agent: 'Appended to the User-Agent of clients.',
  log_requests: 'Log the requests that clients of this profile send.',
}

export interface Groups {
  fitting: readonly FieldName[]
  others: readonly FieldName[]
}

export function groupFields(authentication: string): Groups {
  const fitting = isAuthType(authentication) ? FITTING[authentication] : FITTING.api_key
  return { fitting, others: ORDER.filter((field) => !fitting.includes(field)) }
}

/** Whether the type cannot do without a fitting field. Principals bring all that they need. */
export function isNeeded(authentication: string, field: FieldName): boolean {
  return isAuthType(authentication) && FITTING[authentication].length > 1 && !OPTIONAL.has(field)
}

function isAuthType(text: string): text is AuthType {
  return Object.hasOwn(AUTH_TYPES, text)
}
