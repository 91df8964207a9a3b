/** How a principal comes to a token: the part in which its kinds differ. */
import type { KeyObject } from 'node:crypto'
import type { Home } from '../signing/index.ts'
import type { SessionToken } from '../tokens/index.ts'
import type { SessionKey } from './session-key.ts'

export interface IssuedSession {
  token: SessionToken
  /** The key that the token was issued for. */
  key: KeyObject
  home: Home
  /** The issuer's own clock when it answered, in milliseconds since 1970; `null` where it did not say. */
  issuedAt: number | null
}

/**
 * `sessionKey` is asked for once it is known that the place is right. Rejects with the `OciProfilesError` that says why
 * there is no token, and with a `CHECK_CANCELLED` when `signal` aborts. Always over in time.
 */
export type Issuer = (
  sessionKey: () => Promise<SessionKey>,
  signal: AbortSignal,
) => Promise<IssuedSession>
