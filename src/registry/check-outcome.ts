/** What a check found, and a record that shows it. */
import type { FailedCheck, OkCheck } from '../schemas/index.ts'
import type { ProfileRecord } from './profile-record.ts'

export interface CheckOutcome {
  check: OkCheck | FailedCheck
  /** Object Storage namespace, `null` when the check failed. */
  namespace: string | null
}

/** The record with the result of its check. `number` tells which of two results is the later one. */
export function withOutcome(
  record: ProfileRecord,
  outcome: CheckOutcome,
  number: number,
): ProfileRecord {
  const useable = outcome.check.status === 'ok'
  const namespace = useable ? outcome.namespace : record.profile.namespace
  const profile = { ...record.profile, check: outcome.check, useable, namespace }
  return { ...record, profile: Object.freeze(profile), checkNumber: number }
}

export function wasCancelled(outcome: CheckOutcome): boolean {
  return outcome.check.status === 'failed' && outcome.check.code === 'CHECK_CANCELLED'
}
