/** The state of the CORE database, as readiness shows it. */
import type { ErrorCode, OciProfilesError } from '../errors.ts'
import type { DatabaseKind } from './core-database.ts'

export interface DatabaseState {
  state: 'open' | 'unavailable' | 'closed'
  kind: DatabaseKind
  /** Why it is unavailable, else `null`; the same for `message` and `fix`. */
  code: ErrorCode | null
  message: string | null
  fix: string | null
  /** ISO 8601, UTC: when this state began. */
  since: string
}

export function firstState(kind: DatabaseKind): DatabaseState {
  const since = new Date().toISOString()
  return { state: 'unavailable', kind, code: null, message: null, fix: null, since }
}

/** The state after another one. One that goes on keeps its beginning, even where the reason is a new one. */
export function nextState(
  before: DatabaseState,
  state: DatabaseState['state'],
  fault: OciProfilesError | null = null,
): DatabaseState {
  return {
    state,
    kind: before.kind,
    code: fault?.code ?? null,
    message: fault?.message ?? null,
    fix: fault?.fix ?? null,
    since: before.state === state ? before.since : new Date().toISOString(),
  }
}
