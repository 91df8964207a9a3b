/** What a check found, in the words of the API. */

/** Facts that every finished check carries. */
interface FinishedCheck {
  /** `opc-request-id` of the service's reply, where there was one. */
  opc_request_id: string | null
  /** ISO 8601, UTC. */
  checked_at: string
  /** From the first rule to the last byte, in milliseconds. */
  duration_ms: number
}

export interface PendingCheck {
  status: 'pending'
  code: null
  message: null
  fix: null
  opc_request_id: null
  checked_at: null
  duration_ms: null
}

export interface OkCheck extends FinishedCheck {
  status: 'ok'
  code: null
  message: null
  fix: null
}

export interface FailedCheck extends FinishedCheck {
  status: 'failed'
  /** Stable; one of the check codes of `errors.ts`. */
  code: string
  /** The measured fact, one line. */
  message: string
  /** What a person can do about it, one line. */
  fix: string
}

export type CheckResult = PendingCheck | OkCheck | FailedCheck

export const PENDING_CHECK: PendingCheck = Object.freeze({
  status: 'pending',
  code: null,
  message: null,
  fix: null,
  opc_request_id: null,
  checked_at: null,
  duration_ms: null,
})
