/** How a run ends, as a number for scripts. docs/cli.md lists exactly these. */
import { OciProfilesError, type ErrorCode } from '../errors.ts'

export const EXIT = {
  done: 0,
  /** A named or checked profile is not useable or not there, or the work failed. */
  failed: 1,
  usage: 2,
  unreadable: 3,
  interrupted: 130,
} as const

const BY_CODE: Partial<Record<ErrorCode, number>> = {
  USAGE: EXIT.usage,
  SETTING_INVALID: EXIT.usage,
  ENV_FILE_INVALID: EXIT.usage,
  CONFIGURATION_FILE_INVALID: EXIT.usage,
  API_KEY_REQUIRED: EXIT.usage,
  CONFIG_FILE_UNREADABLE: EXIT.unreadable,
}

export function exitCodeOf(error: unknown): number {
  if (!(error instanceof OciProfilesError)) return EXIT.failed
  return BY_CODE[error.code] ?? EXIT.failed
}
