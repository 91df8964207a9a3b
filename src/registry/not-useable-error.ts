/** A create or an update whose profile does not work: the check's own words, and whether anything was kept. */
import { OciProfilesError } from '../errors.ts'
import type { FailedCheck } from '../schemas/index.ts'

export class ProfileNotUseableError extends OciProfilesError {
  readonly check: FailedCheck
  /** True when the new values are kept although they do not work, false when everything is as before. */
  readonly saved: boolean

  constructor(name: string, check: FailedCheck, saved: boolean) {
    super('PROFILE_NOT_USEABLE', `Profile "${name}" does not work: ${check.message}`, {
      fix: check.fix,
    })
    this.name = 'ProfileNotUseableError'
    this.check = check
    this.saved = saved
  }
}
