/** Session tokens: minted, verified and bound to the session's key, like those of OCI's auth service (JWT, RS256). */
import {
  createPublicKey,
  randomUUID,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto'
import { toPublicKey, type Identity } from './identities.ts'
import type { TokenKey } from './token-key.ts'

export interface SessionTokenInput {
  identity: Identity
  /** The public half of the session's key pair: RSA, PEM or parsed. */
  publicKey: string | KeyObject
  /** Seconds from now; negative for a token that has expired. Default 3600. */
  expiresInS?: number
}

export interface SessionClaims {
  /** OCID of the user. */
  sub: string
  /** OCID of the tenancy. */
  tenant: string
  iss: string
  ptype: 'user'
  ttype: 'login'
  /** Seconds since 1970, like `exp`. */
  iat: number
  exp: number
  jti: string
  /** The session's public key: a JWK, as JSON text. */
  jwk: string
}

export interface Session {
  claims: SessionClaims
  key: KeyObject
}

const ISSUER = 'authService.oracle.com'
const DEFAULT_TTL_S = 3600
const HEADER = { kid: 'asw', alg: 'RS256' }
/** Enough for any demo; a bound, so that nobody can fill the memory. */
const CACHE_SIZE = 1000

export class SessionTokens {
  readonly #tokenKey: TokenKey
  /** Tokens whose signature was verified. Their time is judged at every reading. */
  readonly #verified = new Map<string, Session>()

  constructor(key: TokenKey) {
    this.#tokenKey = key
  }

  /** The token without the `ST$` that keyIds put before it. `now` in milliseconds. */
  mint(input: SessionTokenInput, now: number): string {
    const { identity, publicKey, expiresInS = DEFAULT_TTL_S } = input
    const jwk = toPublicKey(publicKey).export({ format: 'jwk' })
    const issuedAt = Math.floor(now / 1000)
    return this.#sign({
      sub: identity.user,
      tenant: identity.tenancy,
      iss: ISSUER,
      ptype: 'user',
      ttype: 'login',
      // An expired token was issued before it expired.
      iat: Math.min(issuedAt, issuedAt + expiresInS - 1),
      exp: issuedAt + expiresInS,
      jti: randomUUID(),
      jwk: JSON.stringify({ kid: 'session', use: 'sig', alg: 'RS256', ...jwk }),
    })
  }

  /** The session of a token of this emulator that has not expired, else `null`. `now` in milliseconds. */
  read(token: string, now: number): Session | null {
    const session = this.#verified.get(token) ?? this.#verify(token)
    if (session === null) return null
    return session.claims.exp * 1000 > now ? session : null
  }

  #sign(claims: SessionClaims): string {
    const signed = `${encode(HEADER)}.${encode(claims)}`
    const signature = sign('RSA-SHA256', Buffer.from(signed), this.#tokenKey.privateKey)
    return `${signed}.${signature.toString('base64url')}`
  }

  #verify(token: string): Session | null {
    const [header = '', payload = '', signature = '', ...rest] = token.split('.')
    if (rest.length > 0) return null
    const bytes = Buffer.from(signature, 'base64url')
    if (bytes.toString('base64url') !== signature) return null
    const signed = Buffer.from(`${header}.${payload}`)
    if (!verify('RSA-SHA256', signed, this.#tokenKey.publicKey, bytes)) return null

    // From here on it is our own text.
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as SessionClaims
    return this.#remember(token, { claims, key: parseJwk(claims.jwk) })
  }

  #remember(token: string, session: Session): Session {
    if (this.#verified.size >= CACHE_SIZE) this.#verified.clear()
    this.#verified.set(token, session)
    return session
  }
}

/** Whom a token names, true or not; `null` for what is not a token. */
export function claimedUser(token: string): { tenancy: string; user: string } | null {
  try {
    const claims: unknown = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
    )
    const { sub, tenant } = claims as Partial<SessionClaims>
    return typeof sub === 'string' && typeof tenant === 'string'
      ? { tenancy: tenant, user: sub }
      : null
  } catch {
    return null
  }
}

function parseJwk(text: string): KeyObject {
  return createPublicKey({ key: JSON.parse(text) as JsonWebKey, format: 'jwk' })
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
