/** A session token: read from its file, taken apart, and told whether it still holds. */
import { OciProfilesError } from '../../errors.ts'
import type { OciProfileConfig } from '../../schemas/index.ts'
import { Secret } from '../../secret.ts'
import { readNamedFile } from '../read-named-file.ts'
import { decodeJwt } from './decode-jwt.ts'

export interface TokenClaims {
  /** OCID of the user or of the resource. */
  subject: string | null
  /** OCID of the tenancy. */
  tenancy: string | null
  issuedAt: Date | null
  /** The key that the token was issued for, as the token has it. */
  jwk: unknown
}

export interface SessionToken {
  raw: Secret
  /** White space, or a byte order mark, stands around it where it came from. */
  isPadded: boolean
  expiresAt: Date | null
  claims: TokenClaims
  /** `the token in /path`, for the start of a sentence. */
  name: string
}

/** Where a token came from, for the words of an error. */
export interface TokenOrigin {
  name: string
  /** Wire name of the field, or name of the environment variable. */
  field: string
  /** Left out, the table's: sign in again. */
  fix?: string
}

/** Dates in JavaScript end there, in seconds since 1970. */
const LAST_SECOND = 8_640_000_000_000

/**
 * The token of `security_token_file`, not expired at `now` (milliseconds since 1970).
 * Rejects with an `OciProfilesError` of `security_token_file`: `FIELD_MISSING`, `TOKEN_FILE_*`, `TOKEN_INVALID`, `TOKEN_EXPIRED`.
 */
export async function loadSessionToken(
  profile: Pick<OciProfileConfig, 'security_token_file'>,
  { now = Date.now() }: { now?: number } = {},
): Promise<SessionToken> {
  const field = 'security_token_file'
  const path = profile.security_token_file
  if (path === null) throw new OciProfilesError('FIELD_MISSING', `${field} is missing`, { field })
  const origin = { name: `the token in ${path}`, field }
  const token = parseSessionToken(await readNamedFile(path, field), origin)
  assertTokenCurrent(token, origin, now)
  return token
}

/** White space around the token is not part of it. Throws `TOKEN_INVALID`. */
export function parseSessionToken(bytes: Buffer, origin: TokenOrigin): SessionToken {
  const padded = bytes.toString('utf8')
  const text = padded.replace(/^\uFEFF/, '').trim()
  if (text === '') throw invalid(origin, 'is empty')
  if (/^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    throw invalid(origin, 'is a private key and not a token')
  }
  if (/^<(?:!doctype|html|\?xml)\b/i.test(text))
    throw invalid(origin, 'is a web page and not a token')
  try {
    const { claims } = decodeJwt(text)
    return {
      raw: new Secret(text),
      isPadded: padded !== text,
      expiresAt: readTime(claims, 'exp'),
      claims: {
        subject: readText(claims, 'sub'),
        tenancy: readText(claims, 'tenant') ?? readText(claims, 'res_tenant'),
        issuedAt: readTime(claims, 'iat'),
        jwk: claims['jwk'],
      },
      name: origin.name,
    }
  } catch (error) {
    throw invalid(origin, error instanceof Error ? error.message : 'cannot be read')
  }
}

/** Throws `TOKEN_EXPIRED`, which says when. A token without a date is current. */
export function assertTokenCurrent(
  { expiresAt, name }: Pick<SessionToken, 'expiresAt' | 'name'>,
  { field, fix }: Pick<TokenOrigin, 'field' | 'fix'>,
  now: number,
): void {
  if (expiresAt === null || expiresAt.getTime() > now) return
  const when = expiresAt.toISOString().replace('.000', '')
  throw new OciProfilesError('TOKEN_EXPIRED', `${name} expired at ${when}`, { field, fix })
}

function readTime(claims: Record<string, unknown>, name: string): Date | null {
  const value = claims[name]
  if (value === undefined || value === null) return null
  if (typeof value !== 'number' || !(value >= 0 && value <= LAST_SECOND)) {
    throw new Error(`has a claim ${name} that is no time`)
  }
  return new Date(value * 1000)
}

function readText(claims: Record<string, unknown>, name: string): string | null {
  const value = claims[name]
  return typeof value === 'string' && value !== '' ? value : null
}

function invalid({ name, field, fix }: TokenOrigin, what: string): OciProfilesError {
  return new OciProfilesError('TOKEN_INVALID', `${name} ${what}`, { field, fix })
}
