/** Session tokens: what a user gets by logging in. */
import type { KeyObject } from 'node:crypto'
import type { Identity } from './identities.ts'
import type { TokenInput } from './tokens.ts'

export interface SessionTokenInput {
  identity: Identity
  /** The public half of the session's key pair: RSA, PEM or parsed. */
  publicKey: string | KeyObject
  /** Seconds from now; negative for a token that has expired. Default: the identity's `tokenLifetimeS`. */
  expiresInS?: number
}

export function sessionToken(input: SessionTokenInput): TokenInput {
  const { identity, publicKey, expiresInS = input.identity.tokenLifetimeS } = input
  const { user, tenancy } = identity
  return {
    bearer: { sub: user, tenant: tenancy, ptype: 'user', ttype: 'login' },
    publicKey,
    expiresInS,
  }
}
