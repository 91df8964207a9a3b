/** keyId → the identity and the public key that it stands for. */
import type { KeyObject } from 'node:crypto'
import type { Identities, Identity } from './identities.ts'
import { claimedUser, type SessionClaims, type SessionTokens } from './session-tokens.ts'

export interface Signer {
  identity: Identity
  key: KeyObject
  /** The claims of the session token that was used; `null` for an API key. */
  session: SessionClaims | null
}

/** Whom a request says it comes from. Not verified: good for faults and logs only. */
export interface Claim {
  identity: Identity | null
  user: string | null
}

const SESSION_PREFIX = 'ST$'

/** `null` for a keyId that nobody has, and for a token that is false or has expired. `now` in milliseconds. */
export function findSigner(
  keyId: string,
  known: { identities: Identities; tokens: SessionTokens },
  now: number,
): Signer | null {
  if (!keyId.startsWith(SESSION_PREFIX)) {
    const entry = known.identities.byKeyId(keyId)
    return entry === null ? null : { ...entry, session: null }
  }
  const session = known.tokens.read(keyId.slice(SESSION_PREFIX.length), now)
  if (session === null) return null
  const identity = known.identities.byUser(session.claims.tenant, session.claims.sub)
  return identity === null ? null : { identity, key: session.key, session: session.claims }
}

export function findClaim(keyId: string | null, identities: Identities): Claim {
  if (keyId === null) return { identity: null, user: null }
  const claimed = keyId.startsWith(SESSION_PREFIX)
    ? claimedUser(keyId.slice(SESSION_PREFIX.length))
    : splitKeyId(keyId)
  if (claimed === null) return { identity: null, user: null }
  const { tenancy, user } = claimed
  const identity = identities.byKeyId(keyId)?.identity ?? identities.byUser(tenancy, user)
  return { identity, user }
}

function splitKeyId(keyId: string): { tenancy: string; user: string } | null {
  const [tenancy, user, fingerprint] = keyId.split('/')
  return tenancy && user && fingerprint ? { tenancy, user } : null
}
