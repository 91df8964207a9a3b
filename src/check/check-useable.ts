/** The check of the library: the result is written into the profile, as callers of old expect, and returned. */
import type { FailedCheck, OciProfileConfig, OkCheck } from '../schemas/index.ts'
import { runCheck, type CheckDeps } from './run-check.ts'

/**
 * Sets `useable`, `check` and, on success, `namespace`; a failure keeps the namespace that the last success returned.
 * A check that was cancelled says nothing about the profile and changes nothing; nor is a frozen profile changed.
 * Rejects with nothing: a failure is a result.
 */
export async function checkUseable(
  profile: OciProfileConfig,
  deps: CheckDeps = {},
): Promise<OkCheck | FailedCheck> {
  const { check, namespace } = await runCheck(profile, deps)
  if (check.code === 'CHECK_CANCELLED' || Object.isFrozen(profile)) return check
  profile.check = check
  profile.useable = check.status === 'ok'
  if (check.status === 'ok') profile.namespace = namespace
  return check
}
