/** Session tokens: what a user gets by logging in. */
import type { KeyObject } from 'node:crypto'
import type { Identity } from './identities.ts'
import type { TokenInput } from './tokens.ts'

export interface SessionTokenInput {
  identity: Identity
  /** The public half of the session's key pair: RSA, PEM or parsed. */
  publicKey: string | KeyObject
  /** Seconds from now; negative for a token that has expired. Default 3600. */
  expiresInS?: number
}

const DEFAULT_TTL_S = 3600

export function sessionToken(input: SessionTokenInput): TokenInput {
  const { identity, publicKey, expiresInS = DEFAULT_TTL_S } = input
  const { user, tenancy } = identity
  return {
    bearer: { sub: user, tenant: tenancy, ptype: 'user', ttype: 'login' },
    publicKey,
    expiresInS,
  }
}
