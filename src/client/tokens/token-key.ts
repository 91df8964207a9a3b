/** Whether a token was issued for a key: OCI writes the public key into the token, as the claim `jwk`. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { OciProfilesError } from '../../errors.ts'
import type { SessionToken } from './session-token.ts'

/** `null` when the token does not say. */
export function tokenMatchesKey(token: SessionToken, key: KeyObject): boolean | null {
  const stated = readJwk(token.claims.jwk)
  if (!stated) return null
  const own = createPublicKey(key).export({ format: 'jwk' })
  return sameNumber(stated.n, own.n) && sameNumber(stated.e, own.e)
}

/** Throws `TOKEN_KEY_MISMATCH`. `field` and `fix` for tokens that come from elsewhere than the profile's file. */
export function assertTokenMatchesKey(
  token: SessionToken,
  key: KeyObject,
  origin: { field?: string; fix?: string } = {},
): void {
  if (tokenMatchesKey(token, key) !== false) return
  throw new OciProfilesError('TOKEN_KEY_MISMATCH', `${token.name} was issued for another key`, {
    field: origin.field ?? 'security_token_file',
    fix: origin.fix,
  })
}

/** A JSON string as OCI writes it, or an object. */
function readJwk(claim: unknown): { n: string; e: string } | null {
  const value = typeof claim === 'string' ? parseJson(claim) : claim
  if (typeof value !== 'object' || value === null) return null
  const { n, e } = value as { n?: unknown; e?: unknown }
  return typeof n === 'string' && typeof e === 'string' ? { n, e } : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Base64 or base64url, with or without padding and leading zeros. */
function sameNumber(a: string, b: string | undefined): boolean {
  return b !== undefined && toHex(a) === toHex(b)
}

function toHex(base64: string): string {
  return Buffer.from(base64, 'base64url')
    .toString('hex')
    .replace(/^(?:00)+/, '')
}
