/** keyId → the caller and the public key that it stands for. */
import type { KeyObject } from 'node:crypto'
import { ocidOf, type Caller, type Callers } from './callers.ts'
import { claimedBearer, type TokenClaims, type Tokens } from './tokens.ts'

export interface Signer {
  caller: Caller
  key: KeyObject
  /** The claims of the token that was used; `null` where none was. */
  token: TokenClaims | null
}

/** Whom a request says it comes from. Not verified: good for faults and logs only. */
export interface Claim {
  caller: Caller | null
  /** Of the user, instance, workload or resource. */
  ocid: string | null
}

export const NOBODY: Claim = { caller: null, ocid: null }

const TOKEN_PREFIX = 'ST$'

/** `null` for a keyId that nobody has, and for a token that is false or has expired. `now` in milliseconds. */
export function findSigner(
  keyId: string,
  known: { callers: Callers; tokens: Tokens },
  now: number,
): Signer | null {
  if (!keyId.startsWith(TOKEN_PREFIX)) {
    const entry = known.callers.byKeyId(keyId)
    return entry === null ? null : { ...entry, token: null }
  }
  const token = known.tokens.read(keyId.slice(TOKEN_PREFIX.length), now)
  if (token === null) return null
  const caller = known.callers.byOcid(token.claims.tenant, token.claims.sub)
  return caller === null ? null : { caller, key: token.key, token: token.claims }
}

export function findClaim(keyId: string | null, callers: Callers): Claim {
  if (keyId === null) return NOBODY
  const claimed = keyId.startsWith(TOKEN_PREFIX)
    ? claimedBearer(keyId.slice(TOKEN_PREFIX.length))
    : splitKeyId(keyId)
  if (claimed === null) return NOBODY
  const { tenancy, ocid } = claimed
  return { caller: callers.byKeyId(keyId)?.caller ?? callers.byOcid(tenancy, ocid), ocid }
}

/** What a caller says who cannot but be the one. */
export function claimOf(caller: Caller | null): Claim {
  return caller === null ? NOBODY : { caller, ocid: ocidOf(caller) }
}

function splitKeyId(keyId: string): { tenancy: string; ocid: string } | null {
  const [tenancy, ocid, fingerprint] = keyId.split('/')
  return tenancy && ocid && fingerprint ? { tenancy, ocid } : null
}
