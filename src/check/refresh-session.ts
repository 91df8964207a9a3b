/** The refresh of a session, with its failures in the words of the check. Bounded in time, cancellable, never rejects. */
import {
  durationText,
  refreshSession as refreshDefault,
  type RefreshedSession,
} from '../client/index.ts'
import type { ErrorCode } from '../errors.ts'
import { isAuthType, type OciProfileConfig } from '../schemas/index.ts'
import type { CheckDeps } from './run-check.ts'
import { explain } from './explain.ts'
import { inspectOffline, type OfflineDeps } from './inspect-offline.ts'
import { signIn } from './profile-words.ts'
import { failure, refuse, type Failure } from './verdict.ts'
import { withinLimit } from './within-limit.ts'

export interface RefreshSuccess extends RefreshedSession {
  code: null
  /** How long the session goes on now. */
  message: string
}

export type RefreshOutcome = RefreshSuccess | Failure

/** Connecting and reading have limits of their own, 11 s together; this one is for what has none, such as a dead disk. */
const LIMIT_MS = 15_000

/** What a new sign-in mends. */
const ENDED: readonly ErrorCode[] = ['NOT_AUTHENTICATED', 'NOT_AUTHORIZED', 'TOKEN_KEY_MISMATCH']

/** A profile that the check would refuse without asking OCI is refused here in the same words. */
export async function refreshSession(
  profile: OciProfileConfig,
  deps: Omit<CheckDeps, 'initClient'> & OfflineDeps = {},
): Promise<RefreshOutcome> {
  const { env, now, signal, logger } = deps
  const work = async (inner: AbortSignal): Promise<RefreshOutcome> => {
    const { authentication } = profile
    const isOther = isAuthType(authentication) && authentication !== 'security_token'
    const [first, ...more] = isOther ? [] : await inspectOffline(profile, deps)
    if (first) return refuse([first, ...more])
    return success(await refreshDefault(profile, { env, now, signal: inner }), now?.())
  }
  try {
    const end = await withinLimit(work, LIMIT_MS, signal)
    if (end === 'cancelled') return failure('CHECK_CANCELLED', 'the refresh was cancelled')
    return end === 'late' ? failure('READ_TIMEOUT', 'no whole answer within 15 s') : end
  } catch (error) {
    const { code, message, fix, opc_request_id } = explain(error, null, profile, logger)
    return failure(code, message, ENDED.includes(code) ? signIn(profile) : fix, opc_request_id)
  }
}

function success(session: RefreshedSession, now = Date.now()): RefreshSuccess {
  const { isNew, expiresAt } = session
  const time = expiresAt?.toISOString().replace('.000', '')
  const left = expiresAt && durationText(expiresAt.getTime() - now)
  const goesOn = time ? `until ${time}, for ${left}` : 'its token does not say until when'
  const message = isNew ? goesOn : `${goesOn}: OCI gives it no token that ends later`
  return { code: null, message, ...session }
}
