/** `security_token`: the token of a session is exchanged for one that ends later, which takes its place in its file. */
import { OciProfilesError } from '../errors.ts'
import type { OciProfileConfig } from '../schemas/index.ts'
import { authRequest } from './auth-request.ts'
import type { SignerOptions } from './client-options.ts'
import { connectionsToOci } from './connections-to-oci.ts'
import { ownEnvironment } from './environment.ts'
import { loadPrivateKey } from './keys/index.ts'
import { resolveEndpoint } from './place/index.ts'
import { exchangeToken, type ExchangeStep } from './principals/index.ts'
import { replaceTokenFile } from './replace-token-file.ts'
import { assertTokenMatchesKey, loadSessionToken, type SessionToken } from './tokens/index.ts'

export interface RefreshedSession {
  /** False where the token that was there is still there: OCI has none that ends later. */
  isNew: boolean
  /** When the token ends that is there now; `null` where it does not say. */
  expiresAt: Date | null
}

const FIELD = 'security_token_file'

const SIGN_IN = 'Sign in again: oci session authenticate.'

const STEP: ExchangeStep = {
  name: 'the refresh of the session',
  isNumbered: true,
  notAuthenticated: { what: 'the session cannot be prolonged any more', fix: SIGN_IN },
  notAuthorized: { what: 'the session is given no new token', fix: SIGN_IN },
}

const NEVER = new AbortController().signal
/** The clock at which no token has expired: that of a moment ago may have by now. */
const WHENEVER = 0

/**
 * One call to OCI's auth service, 10 s at most. Who signs with the session goes on: token and key stay a pair. What
 * somebody else has put there meanwhile stays, and so does a token that ends no sooner than the new one.
 * Rejects with the `OciProfilesError` or the `TransportError` that says why the old token is still there.
 */
export async function refreshSession(
  profile: OciProfileConfig,
  { env = ownEnvironment(), now = Date.now, signal = NEVER }: SignerOptions = {},
): Promise<RefreshedSession> {
  const path = tokenPath(profile)
  const before = await loadSessionToken(profile, { now: now() })
  const key = await loadPrivateKey(profile)
  assertTokenMatchesKey(before, key)
  const { region } = profile
  const tenancy = profile.tenancy ?? before.claims.tenancy
  const endpoint = await resolveEndpoint({ service: 'auth', region, tenancy, env })
  const currentToken = before.raw.reveal()
  const { token } = await exchangeToken(
    {
      step: STEP,
      ...(await authRequest(
        `${endpoint}/v1/authentication/refresh`,
        { currentToken },
        { keyId: `ST$${currentToken}`, key },
      )),
      connections: await connectionsToOci(env),
      signal,
      readToken: (text) => (JSON.parse(text) as { token?: unknown }).token,
    },
    { privateKey: key },
  )
  const there = await loadSessionToken(profile, { now: WHENEVER })
  // A new sign-in comes with a new key: its token is not to be mixed with ours.
  const isOurs = there.raw.equals(before.raw)
  if (!isOurs || !endsLater(token, before)) return { isNew: !isOurs, expiresAt: there.expiresAt }
  await replaceTokenFile(path, token.raw.reveal())
  return { isNew: true, expiresAt: token.expiresAt }
}

function endsLater(one: SessionToken, other: SessionToken): boolean {
  if (one.expiresAt === null || other.expiresAt === null) return true
  return one.expiresAt > other.expiresAt
}

function tokenPath({ auth_profile, authentication, security_token_file }: OciProfileConfig) {
  if (authentication !== 'security_token') {
    const message = `"${auth_profile}" has no session: only profiles of type security_token have one`
    throw new OciProfilesError('NOT_A_SESSION', message, { field: 'authentication' })
  }
  if (security_token_file !== null) return security_token_file
  throw new OciProfilesError('FIELD_MISSING', `${FIELD} is missing`, { field: FIELD })
}
