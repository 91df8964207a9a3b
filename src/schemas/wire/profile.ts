/** Profiles on the wire: what requests may hold and what answers do. OpenAPI is made of the same schemas. */
import { z } from 'zod'
import { AUTH_TYPES } from '../auth-type.ts'
import { isCreatableName } from '../profile-name.ts'

const MAX_TEXT = 1024
const MAX_PEM = 64 * 1024

// Line feeds and other control characters would end up in headers, logs and terminals.
// oxlint-disable-next-line no-control-regex
const ONE_LINE = /^[^\u0000-\u001f\u007f]*$/

const text = z
  .string()
  .max(MAX_TEXT, `at most ${MAX_TEXT} characters`)
  .regex(ONE_LINE, 'one line of text, without control characters')
const pem = z.string().max(MAX_PEM, `at most ${MAX_PEM} characters`)
const region = z
  .string()
  .max(MAX_TEXT, `at most ${MAX_TEXT} characters`)
  .regex(/^[a-z0-9-]*$/, 'a region such as eu-frankfurt-1: lower-case letters, digits and hyphens')

const authProfileName = z
  .string()
  .refine(
    isCreatableName,
    'a name of 1 to 128 letters, digits, ".", "_", "@" or "-", not "." or ".."',
  )
  .meta({
    description: 'Name of the profile; looked up without regard to case.',
    pattern: '^[A-Za-z0-9._@-]{1,128}$',
    example: 'DEFAULT',
  })

const authentication = z.enum(AUTH_TYPES, `one of ${AUTH_TYPES.join(', ')}`)

const DESCRIPTIONS = {
  user: 'OCID of the user.',
  authentication: 'Authentication type.',
  tenancy: 'OCID of the tenancy.',
  region: 'Region identifier or short code.',
  fingerprint: 'Fingerprint of the API key. Sensitive.',
  key_content: 'Private key as PEM; excludes key_file. Sensitive.',
  key_file:
    'Path of the private key on the machine of the service; excludes key_content. Sensitive.',
  pass_phrase: 'Pass phrase of the private key. Sensitive.',
  security_token_file: 'Path of the session token on the machine of the service. Sensitive.',
  genai_compartment_id: 'OCID of the compartment for GenAI inference.',
  genai_region: 'Region of the GenAI endpoint.',
  log_requests: 'Log the requests that clients of this profile send.',
  additional_user_agent: 'Appended to the User-Agent of clients of this profile.',
} as const

const clearable = <T extends z.ZodType>(schema: T, description: string) =>
  schema.nullable().optional().meta({ description })

const editable = {
  user: clearable(text, DESCRIPTIONS.user),
  authentication: clearable(z.union([authentication, z.literal('')]), DESCRIPTIONS.authentication),
  tenancy: clearable(text, DESCRIPTIONS.tenancy),
  region: clearable(region, DESCRIPTIONS.region),
  fingerprint: clearable(text, DESCRIPTIONS.fingerprint),
  key_content: clearable(pem, DESCRIPTIONS.key_content),
  key_file: clearable(text, DESCRIPTIONS.key_file),
  pass_phrase: clearable(text, DESCRIPTIONS.pass_phrase),
  security_token_file: clearable(text, DESCRIPTIONS.security_token_file),
  genai_compartment_id: clearable(text, DESCRIPTIONS.genai_compartment_id),
  genai_region: clearable(region, DESCRIPTIONS.genai_region),
  log_requests: clearable(z.union([z.boolean(), z.literal('')]), DESCRIPTIONS.log_requests),
  additional_user_agent: clearable(text, DESCRIPTIONS.additional_user_agent),
}

export const checkResult = z
  .object({
    status: z.enum(['pending', 'ok', 'failed']),
    code: z
      .string()
      .nullable()
      .meta({ description: 'Stable code of the failure; see docs/errors.' }),
    message: z.string().nullable().meta({ description: 'The measured fact.' }),
    fix: z.string().nullable().meta({ description: 'What to do about it.' }),
    opc_request_id: z.string().nullable(),
    checked_at: z.string().nullable().meta({ format: 'date-time' }),
    duration_ms: z.number().nullable(),
  })
  .meta({ id: 'CheckResult', description: 'Result of a check.' })

export const profileOrigin = z
  .object({
    kind: z.enum(['file', 'environment', 'api']),
    file: z.string().optional(),
    line: z.int().optional(),
  })
  .meta({ id: 'ProfileOrigin', description: 'Where the profile comes from.' })

const readOnly = <T extends z.ZodType>(schema: T, description: string) =>
  schema.meta({ readOnly: true, description })

const READ_ONLY = {
  useable: 'Whether the last check succeeded.',
  namespace: 'Object Storage namespace that the last successful check returned.',
  origin: 'Where the profile comes from.',
  check: 'Result of the last check.',
} as const

/** Accepted whatever they hold, and ignored: a profile that was read can be sent back as it is. */
const ignored = {
  useable: readOnly(z.unknown().optional(), READ_ONLY.useable),
  namespace: readOnly(z.unknown().optional(), READ_ONLY.namespace),
  origin: readOnly(z.unknown().optional(), READ_ONLY.origin),
  check: readOnly(z.unknown().optional(), READ_ONLY.check),
}

export const profileCreate = z
  .strictObject({ auth_profile: authProfileName, ...editable, ...ignored })
  .meta({ id: 'OciProfileCreate', description: 'A new profile.' })

export const profileUpdate = z
  .strictObject({
    auth_profile: z
      .string()
      .optional()
      .meta({ description: 'The name it has; names do not change.' }),
    ...editable,
    ...ignored,
  })
  .meta({ id: 'OciProfileUpdate', description: 'The fields to change; null or "" clears.' })

/** Body of a create as validated; secrets are plain here, the registry wraps them at once. */
export type ProfileCreate = z.infer<typeof profileCreate>
export type ProfileUpdate = z.infer<typeof profileUpdate>

export const profileAnswer = z
  .object({
    auth_profile: z.string(),
    user: z.string().nullable().meta({ description: DESCRIPTIONS.user }),
    authentication: z.string().meta({ description: DESCRIPTIONS.authentication }),
    tenancy: z.string().nullable().meta({ description: DESCRIPTIONS.tenancy }),
    region: z.string().nullable().meta({ description: DESCRIPTIONS.region }),
    genai_compartment_id: z
      .string()
      .nullable()
      .meta({ description: DESCRIPTIONS.genai_compartment_id }),
    genai_region: z.string().nullable().meta({ description: DESCRIPTIONS.genai_region }),
    log_requests: z.boolean().meta({ description: DESCRIPTIONS.log_requests }),
    additional_user_agent: z.string().meta({ description: DESCRIPTIONS.additional_user_agent }),
    useable: readOnly(z.boolean(), READ_ONLY.useable),
    namespace: readOnly(z.string().nullable(), READ_ONLY.namespace),
    origin: readOnly(profileOrigin, READ_ONLY.origin),
    check: readOnly(checkResult.nullable(), READ_ONLY.check),
    fingerprint: z.string().nullable().optional().meta({ description: DESCRIPTIONS.fingerprint }),
    key_content: z.string().nullable().optional().meta({ description: DESCRIPTIONS.key_content }),
    key_file: z.string().nullable().optional().meta({ description: DESCRIPTIONS.key_file }),
    pass_phrase: z.string().nullable().optional().meta({ description: DESCRIPTIONS.pass_phrase }),
    security_token_file: z
      .string()
      .nullable()
      .optional()
      .meta({ description: DESCRIPTIONS.security_token_file }),
  })
  .meta({
    id: 'OciProfile',
    description: 'A profile. The five sensitive fields only when asked for.',
  })
