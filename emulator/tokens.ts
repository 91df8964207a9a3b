/** Tokens that keyIds name behind `ST$`: minted, verified and bound to a key, like those of OCI's auth service. */
import { createPublicKey, randomUUID, type JsonWebKey, type KeyObject } from 'node:crypto'
import { toPublicKey } from './identities.ts'
import { readUnverified, signJwt, verifyJwt } from './jwt.ts'
import type { KeyPair } from './process-keys.ts'

/** What a kind of token says of its bearer: claims of text. */
export interface BearerClaims {
  /** OCID of the user, or of the instance, workload or resource. */
  sub: string
  /** OCID of the tenancy. */
  tenant: string
  ptype: 'user' | 'instance' | 'workload' | 'resource'
  ttype: string
  [name: string]: string
}

export type TokenClaims = BearerClaims & {
  iss: string
  jti: string
  /** The public key that the token is bound to: a JWK, as JSON text. */
  jwk: string
}

export interface TokenInput {
  bearer: BearerClaims
  /** RSA, PEM or parsed. */
  publicKey: string | KeyObject
  /** Seconds from now; negative for a token that has expired. */
  expiresInS: number
}

export interface Token {
  claims: TokenClaims
  /** Seconds since 1970. */
  expires: number
  key: KeyObject
}

const ISSUER = 'authService.oracle.com'
const KEY_ID = 'asw'
/** Enough for any demo; a bound, so that nobody can fill the memory. */
const CACHE_SIZE = 1000

export class Tokens {
  readonly #keys: KeyPair
  /** Tokens whose signature was verified. Their time is judged at every reading. */
  readonly #verified = new Map<string, Token>()

  constructor(keys: KeyPair) {
    this.#keys = keys
  }

  /** The token without the `ST$` that keyIds put before it. `now` in milliseconds. */
  mint({ bearer, publicKey, expiresInS }: TokenInput, now: number): string {
    const jwk = toPublicKey(publicKey).export({ format: 'jwk' })
    const issuedAt = Math.floor(now / 1000)
    const claims = {
      ...bearer,
      iss: ISSUER,
      // An expired token was issued before it expired.
      iat: Math.min(issuedAt, issuedAt + expiresInS - 1),
      exp: issuedAt + expiresInS,
      jti: randomUUID(),
      jwk: JSON.stringify({ kid: 'session', use: 'sig', alg: 'RS256', ...jwk }),
    }
    return signJwt(KEY_ID, claims, this.#keys.privateKey)
  }

  /** A token of this emulator that has not expired, else `null`. `now` in milliseconds. */
  read(text: string, now: number): Token | null {
    const token = this.#verified.get(text) ?? this.#verify(text)
    if (token === null) return null
    return token.expires * 1000 > now ? token : null
  }

  #verify(text: string): Token | null {
    const payload = verifyJwt(text, this.#keys.publicKey)
    if (payload === null) return null

    // From here on it is our own text.
    const claims = payload as TokenClaims
    const token = { claims, expires: payload.exp as number, key: parseJwk(claims.jwk) }
    if (this.#verified.size >= CACHE_SIZE) this.#verified.clear()
    this.#verified.set(text, token)
    return token
  }
}

/** Whom a token names, true or not; `null` for what is not a token. */
export function claimedBearer(text: string): { tenancy: string; ocid: string } | null {
  const claims = readUnverified(text)
  const [sub, tenant] = [claims?.sub, claims?.tenant]
  return typeof sub === 'string' && typeof tenant === 'string'
    ? { tenancy: tenant, ocid: sub }
    : null
}

function parseJwk(text: string): KeyObject {
  return createPublicKey({ key: JSON.parse(text) as JsonWebKey, format: 'jwk' })
}
