/** Refreshes the sessions of several profiles side by side. */
import type { RefreshOutcome } from '../check/index.ts'
import type { Logger } from '../schemas/index.ts'
import { createLimiter } from './limiter.ts'
import type { ProfileRecord } from './profile-record.ts'
import { DEFAULT_CONCURRENCY } from './registry-options.ts'

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

/** One promise for each of the records, in their order; none rejects. Profiles that share a file come one after the other. */
export function refreshSessions(
  records: readonly ProfileRecord[],
  { concurrency = () => DEFAULT_CONCURRENCY, ...deps }: RefreshOptions = {},
): Promise<Refreshed>[] {
  const limiter = createLimiter(concurrency)
  const last = new Map<string, Promise<unknown>>()
  return records.map(async ({ profile, provenance }) => {
    const { auth_profile, security_token_file: file } = profile
    // Who comes second waits: the token that it has read would no longer be the one in the file.
    const refresh = async () => {
      const { refreshSession } = await import('../check/index.ts')
      return refreshSession({ ...profile }, { ...deps, provenance })
    }
    const work = Promise.resolve(last.get(file ?? '')).then(() => limiter.run(refresh))
    if (file !== null) last.set(file, work)
    return { auth_profile, outcome: await work }
  })
}
