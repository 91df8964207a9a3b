/** What is wrong with what was read, gathered first and thrown as one error: a person mends all of it at once. */
import { OciProfilesError, type StartCode } from '../errors.ts'
import { nearestName } from '../schemas/index.ts'
import { SETTING_NAMES } from './table.ts'

export interface SettingFault {
  name: string
  code: Extract<StartCode, 'SETTING_INVALID' | 'CONFIGURATION_FILE_INVALID'>
  /** A whole sentence without its full stop. */
  message: string
}

/** Throws when there is a fault, with the code and the field of the first. */
export function throwFaults(faults: readonly SettingFault[]): void {
  const [first] = faults
  if (!first) return
  const message = faults.map((fault) => fault.message).join('; ')
  const errors = faults.map((fault) => ({ pointer: `/${fault.name}`, message: fault.message }))
  throw new OciProfilesError(first.code, message, { field: first.name, errors })
}

/** Ends the sentence about a name that is no setting. */
export function describeUnknown(name: string): string {
  const nearest = nearestName(name, SETTING_NAMES)
  if (nearest !== null) return `there is no such setting; did you mean "${nearest}"?`
  return `there is no such setting; known are ${SETTING_NAMES.join(', ')}`
}
