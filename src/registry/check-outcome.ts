/** What a check found, and a record that shows it. */
import type { FailedCheck, OkCheck } from '../schemas/index.ts'
import { remember } from './check-history.ts'
import type { ProfileRecord } from './profile-record.ts'

export interface CheckOutcome {
  check: OkCheck | FailedCheck
  /** Object Storage namespace, `null` when the check failed. */
  namespace: string | null
  /** When the profile's session ends, or has ended; `null` where there is none or it does not say. */
  tokenExpiresAt?: Date | null
}

/** The record with the result of its check. `number` tells which of two results is the later one. */
export function withOutcome(
  record: ProfileRecord,
  outcome: CheckOutcome,
  number: number,
): ProfileRecord {
  const { check } = outcome
  const useable = check.status === 'ok'
  const namespace = useable ? outcome.namespace : record.profile.namespace
  return {
    ...record,
    profile: Object.freeze({ ...record.profile, check, useable, namespace }),
    checkNumber: number,
    history: remember(record.history, check),
    tokenExpiresAt: outcome.tokenExpiresAt?.toISOString() ?? null,
  }
}

export function wasCancelled(outcome: CheckOutcome): boolean {
  return outcome.check.status === 'failed' && outcome.check.code === 'CHECK_CANCELLED'
}
