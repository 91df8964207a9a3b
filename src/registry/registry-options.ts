/** What a registry and its changes can be given. */
import type {
  FailedCheck,
  LoadedProfile,
  Logger,
  OciProfileConfig,
  OkCheck,
} from '../schemas/index.ts'
import type { CheckOutcome } from './check-outcome.ts'
import type { ProfileRecord } from './profile-record.ts'

/** Of checks that nobody waits for, and of refreshes. */
export const DEFAULT_CONCURRENCY = 32

export type RunCheck = (
  profile: OciProfileConfig,
  deps: Partial<Pick<LoadedProfile, 'provenance' | 'findings'>> & {
    signal?: AbortSignal
    logger?: Logger
  },
) => Promise<CheckOutcome>

export interface RegistryOptions {
  /** How a profile is checked; the real check by default. Must not reject. */
  check?: RunCheck
  /** Environment of the real check; the process's by default. */
  env?: NodeJS.ProcessEnv
  /** How many of the checks that nobody waits for run at once; asked for anew each time. */
  concurrency?: () => number
  logger?: Logger
  /** Told of every finished check. */
  onCheck?: (profile: Readonly<OciProfileConfig>, check: OkCheck | FailedCheck) => void
}

export interface CreateOptions {
  /** Creates the profile although its check fails. */
  keepUnusable?: boolean
  /** Wire names of the fields that were sent, for their provenance. */
  sent?: ReadonlySet<string>
  signal?: AbortSignal
}

/** Throws PRECONDITION_FAILED when the record is not the one that the caller has seen. */
export type Precondition = (record: ProfileRecord) => void

export interface UpdateOptions {
  /** Checks the new values and stores nothing. */
  dryRun?: boolean
  precondition?: Precondition
  signal?: AbortSignal
}

/** Loaded with the first check: who only reads profiles goes without. */
export function realCheck(env: NodeJS.ProcessEnv | undefined): RunCheck {
  return async (profile, deps) => {
    const { runCheck } = await import('../check/index.ts')
    return runCheck(profile, { ...deps, env })
  }
}
