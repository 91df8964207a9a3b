/** What the REST API says, in its own words. */

export type CheckStatus = 'pending' | 'ok' | 'failed'

export interface Check {
  status: CheckStatus
  code: string | null
  message: string | null
  fix: string | null
  opc_request_id: string | null
  checked_at: string | null
  duration_ms: number | null
}

export interface Origin {
  kind: 'file' | 'environment' | 'api'
  file?: string
  line?: number
}

export interface Profile {
  auth_profile: string
  user: string | null
  authentication: string
  tenancy: string | null
  region: string | null
  genai_compartment_id: string | null
  genai_region: string | null
  log_requests: boolean
  additional_user_agent: string
  useable: boolean
  namespace: string | null
  origin: Origin
  check: Check | null
}

export const SENSITIVE_FIELDS = [
  'fingerprint',
  'key_content',
  'key_file',
  'pass_phrase',
  'security_token_file',
] as const

export type SensitiveField = (typeof SENSITIVE_FIELDS)[number]

export function isSensitive(field: string): field is SensitiveField {
  return SENSITIVE_FIELDS.some((each) => each === field)
}

export type SensitiveProfile = Profile & Record<SensitiveField, string | null>

export type FieldName =
  | 'user'
  | 'authentication'
  | 'tenancy'
  | 'region'
  | SensitiveField
  | 'genai_compartment_id'
  | 'genai_region'
  | 'log_requests'
  | 'additional_user_agent'

/** `null` clears. */
export type ProfilePatch = { [F in FieldName]?: string | boolean | null }

export type Severity = 'error' | 'warning' | 'info'

export interface Finding {
  code: string
  severity: Severity
  field: string | null
  line: number | null
  message: string
  fix: string
}

export interface DiagnosedField {
  value: string | boolean | null
  source: 'section' | 'DEFAULT' | 'environment' | 'api' | 'inferred' | 'default'
  file: string | null
  line: number | null
  variable?: string
}

/** How another tool reads the section of a profile. */
export interface Dialect {
  tool: string
  reads: 'alike' | 'differs' | 'refuses'
  differences: { field: string | null; line: number | null; message: string }[]
}

export interface Diagnosis {
  auth_profile: string
  useable: boolean
  origin: Origin
  check: Check | null
  fields: Record<string, DiagnosedField>
  findings: Finding[]
  dialects: Dialect[]
}

export type SettingValue = string | number | boolean | null | readonly string[]

export interface Setting {
  value: SettingValue
  source: 'flag' | 'environment' | 'configuration.json' | 'database' | 'default'
  detail: string | null
  default: SettingValue
  expected: string
  run_time: boolean
  help: string
}

export type Settings = Record<string, Setting>

export interface Step {
  number: number
  name: string
  state: 'waiting' | 'running' | 'done' | 'failed'
  duration_ms: number | null
  detail: string | null
}

export interface Readiness {
  status: 'starting' | 'ready' | 'degraded' | 'stopping'
  steps: Step[]
  database: {
    state: 'open' | 'unavailable' | 'closed'
    kind: string
    code: string | null
    message: string | null
    fix: string | null
    since: string | null
  }
  config_file: {
    state: 'read' | 'absent' | 'faulty' | 'missing' | 'unreadable'
    code: string | null
    line: number | null
    message: string | null
    fix: string | null
    kept: number
  }
  profiles: { total: number; useable: number; failed: number; pending: number }
}

/** RFC 9457 with the members of this API. */
export interface Problem {
  title: string
  status: number
  detail: string
  code: string
  fix?: string
  errors?: { pointer: string; message: string }[]
  saved?: boolean
  check?: Check
}
