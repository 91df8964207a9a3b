/** A profile: everything that is needed to authenticate against OCI, with the wire names of file, API and console. */
import { toSecret, type Secret } from '../secret.ts'
import { DEFAULT_AUTH_TYPE, type AuthType } from './auth-type.ts'
import type { CheckResult } from './check-result.ts'

/** Where a profile comes from. `line` is the 1-based line of its section header. */
export interface ProfileOrigin {
  kind: 'file' | 'environment' | 'api'
  file?: string
  line?: number
}

export interface OciSensitive {
  /** MD5 of the public key in DER, 16 lower-case hex pairs with colons. */
  fingerprint: string | null
  /** Private key in PEM. */
  key_content: Secret | null
  /** Path of the private key; `~` is expanded already. */
  key_file: string | null
  pass_phrase: Secret | null
  /** Path of the session token; `~` is expanded already. */
  security_token_file: string | null
}

export interface OciProfileConfig extends OciSensitive {
  auth_profile: string
  /** OCID of the user. */
  user: string | null
  /** An `AuthType`; anything else came from a file and makes the profile not useable (`AUTHENTICATION_UNKNOWN`). */
  authentication: AuthType | (string & {})
  /** OCID of the tenancy. */
  tenancy: string | null
  /** Region identifier (`eu-frankfurt-1`) or short code (`fra`). */
  region: string | null
  genai_compartment_id: string | null
  genai_region: string | null
  log_requests: boolean
  additional_user_agent: string
  /** Set by the check, never by hand. */
  useable: boolean
  /** Object Storage namespace that the last successful check returned. */
  namespace: string | null
  origin: ProfileOrigin
  check: CheckResult | null
}

/** The five fields that answers leave out unless they are asked for. */
export const SENSITIVE_FIELDS = [
  'fingerprint',
  'key_content',
  'key_file',
  'pass_phrase',
  'security_token_file',
] as const satisfies readonly (keyof OciSensitive)[]

/** The fields that a person sets, in the order in which they are shown. */
export const EDITABLE_FIELDS = [
  'user',
  'authentication',
  'tenancy',
  'region',
  ...SENSITIVE_FIELDS,
  'genai_compartment_id',
  'genai_region',
  'log_requests',
  'additional_user_agent',
] as const satisfies readonly (keyof OciProfileConfig)[]

/** The fields that the system sets: accepted and ignored when they are sent back. */
export const READ_ONLY_FIELDS = [
  'useable',
  'namespace',
  'origin',
  'check',
] as const satisfies readonly (keyof OciProfileConfig)[]

export type EditableField = (typeof EDITABLE_FIELDS)[number]

type Loose<T> = { [K in keyof T]?: T[K] | null | undefined }

/** What a caller may hand in to make a profile: secrets plain or wrapped, everything but the name optional. */
export type OciProfileInput = { auth_profile: string } & Loose<
  Omit<OciProfileConfig, 'auth_profile' | 'key_content' | 'pass_phrase'>
> & { key_content?: Secret | string | null; pass_phrase?: Secret | string | null }

/** A whole profile from the fields that are known: absent ones get their defaults, secrets are wrapped. */
export function createProfile(input: OciProfileInput): OciProfileConfig {
  return {
    auth_profile: input.auth_profile,
    user: input.user || null,
    authentication: input.authentication || DEFAULT_AUTH_TYPE,
    tenancy: input.tenancy || null,
    region: input.region || null,
    fingerprint: input.fingerprint || null,
    key_content: toSecret(input.key_content),
    key_file: input.key_file || null,
    pass_phrase: toSecret(input.pass_phrase),
    security_token_file: input.security_token_file || null,
    genai_compartment_id: input.genai_compartment_id || null,
    genai_region: input.genai_region || null,
    log_requests: input.log_requests ?? false,
    additional_user_agent: input.additional_user_agent ?? '',
    useable: input.useable ?? false,
    namespace: input.namespace ?? null,
    origin: input.origin ?? { kind: 'api' },
    check: input.check ?? null,
  }
}
