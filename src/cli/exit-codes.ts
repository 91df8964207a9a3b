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

/** As shells end for a command that they cannot start. */
const EXEC_EXIT = { notExecutable: 126, notFound: 127 } as const

const BY_CODE: Partial<Record<ErrorCode, number>> = {
  USAGE: EXIT.usage,
  SETTING_INVALID: EXIT.usage,
  ENV_FILE_INVALID: EXIT.usage,
  CONFIGURATION_FILE_INVALID: EXIT.usage,
  API_KEY_REQUIRED: EXIT.usage,
  CONFIG_FILE_UNREADABLE: EXIT.unreadable,
  COMMAND_NOT_EXECUTABLE: EXEC_EXIT.notExecutable,
  COMMAND_NOT_FOUND: EXEC_EXIT.notFound,
}

export function exitCodeOf(error: unknown): number {
  if (!(error instanceof OciProfilesError)) return EXIT.failed
  return BY_CODE[error.code] ?? EXIT.failed
}
