/** The session of a profile that a command runs under: refreshed before it starts, and again and again until it ends. */
import { setTimeout as pause } from 'node:timers/promises'
import { refreshSessions, type ProfileRecord, type Refreshed } from '../registry/index.ts'
import type { Request } from './command.ts'
import { startProgress } from './progress.ts'
import { safeText } from './render/index.ts'

type Context = Pick<Request, 'io' | 'logger'>
type Outcome = Refreshed['outcome']

/** However little time is left, OCI is not asked more often. */
const SHORTEST_PAUSE_MS = 1000
/** Longer than timers can wait; no session lasts so long. */
const LONGEST_PAUSE_MS = 24 * 3600 * 1000
const AFTER_END_MS = 30_000

/** Before the command starts, with progress for who waits at a terminal. Rejects with nothing. */
export async function refreshFirst(record: ProfileRecord, context: Context): Promise<Outcome> {
  const progress = startProgress(context.io, [record.profile.auth_profile], 'refreshing')
  progress.show()
  try {
    return await refreshOnce(record, context, context.io.signal)
  } finally {
    progress.end()
  }
}

async function refreshOnce(
  record: ProfileRecord,
  { io, logger }: Context,
  signal: AbortSignal,
): Promise<Outcome> {
  const [refreshed] = refreshSessions([record], { env: io.env, logger, signal })
  return (await refreshed)!.outcome
}

/**
 * When half of what is left has passed, the token is exchanged once more: there is time to try again if that fails. Ends
 * where OCI gives no later token. A failure is told once. Rejects with nothing.
 */
export async function keepSession(
  record: ProfileRecord,
  first: Outcome,
  context: Context,
  ended: AbortSignal,
): Promise<void> {
  let expiresAt = first.code === null ? first.expiresAt : null
  let told = ''
  while (expiresAt !== null) {
    await pause(pauseBefore(expiresAt), undefined, { signal: ended, ref: false }).catch(() => {})
    if (ended.aborted) return
    const outcome = await refreshOnce(record, context, ended)
    if (ended.aborted) return
    if (outcome.code === null) {
      if (!outcome.isNew) return
      expiresAt = outcome.expiresAt
      told = ''
      continue
    }
    if (outcome.code === told) continue
    told = outcome.code
    const { auth_profile } = record.profile
    const fact = `the session of ${auth_profile} was not refreshed: ${outcome.code}: ${outcome.message}`
    context.io.stderr.write(`${safeText(`oci-profiles: ${fact}. ${outcome.fix}`)}\n`)
  }
}

/** A session that has ended goes on when somebody signs in anew. */
function pauseBefore(expiresAt: Date): number {
  const left = expiresAt.getTime() - Date.now()
  if (left <= 0) return AFTER_END_MS
  return Math.min(Math.max(left / 2, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS)
}
