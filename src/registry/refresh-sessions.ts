/** Refreshes the sessions of several profiles side by side. */
import type { RefreshOutcome } from '../check/index.ts'
import type { Logger } from '../schemas/index.ts'
import { createLimiter } from './limiter.ts'
import type { ProfileRecord } from './profile-record.ts'

export interface Refreshed {
  auth_profile: string
  outcome: RefreshOutcome
}

export interface RefreshOptions {
  env?: NodeJS.ProcessEnv
  logger?: Logger
  signal?: AbortSignal
  /** How many run at once. */
  concurrency?: () => number
}

const CONCURRENCY = () => 32

/** One promise for each of the records, in their order; none rejects. Profiles that share a file come one after the other. */
export function refreshSessions(
  records: readonly ProfileRecord[],
  { concurrency = CONCURRENCY, ...deps }: RefreshOptions = {},
): Promise<Refreshed>[] {
  const limiter = createLimiter(concurrency)
  const first = new Map<string, Promise<unknown>>()
  return records.map(async ({ profile, provenance }) => {
    const { auth_profile, security_token_file: file } = profile
    // Who comes second waits: the token that it has read would no longer be the one in the file.
    const refresh = async () => {
      const { refreshSession } = await import('../check/index.ts')
      return refreshSession({ ...profile }, { ...deps, provenance })
    }
    const before = file === null ? undefined : first.get(file)
    const work = Promise.resolve(before).then(() => limiter.run(refresh))
    if (file !== null) first.set(file, work)
    return { auth_profile, outcome: await work }
  })
}
