/** The last checks of a profile: enough to see how it has been doing, and never more than so many. */
import type { FailedCheck, OkCheck } from '../schemas/index.ts'

export interface PastCheck {
  readonly status: 'ok' | 'failed'
  readonly code: string | null
  readonly message: string | null
  /** ISO 8601, UTC. */
  readonly checked_at: string
  readonly duration_ms: number
}

const LENGTH = 20

export const NO_HISTORY: readonly PastCheck[] = Object.freeze([])

/** The history with one more check, the latest last. */
export function remember(
  history: readonly PastCheck[],
  { status, code, message, checked_at, duration_ms }: OkCheck | FailedCheck,
): readonly PastCheck[] {
  // What keeps failing says the same each time: one text for all of them.
  const known = history.at(-1)
  const text = known?.message === message ? known.message : message
  const past = { status, code, message: text, checked_at, duration_ms }
  return Object.freeze([...history.slice(1 - LENGTH), Object.freeze(past)])
}
