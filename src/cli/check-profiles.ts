/** Checks profiles side by side, with progress for those who wait at a terminal. */
import type { ProfileRecord, ProfileRegistry } from '../registry/index.ts'
import type { Io } from './io.ts'
import { startProgress, type Progress } from './progress.ts'

export interface RunningChecks {
  /** One for each of the records, in their order: the record with its result, or without when interrupted. */
  results: Promise<ProfileRecord>[]
  /** Hidden so far. */
  progress: Progress
}

type Watched = Pick<Io, 'stderr' | 'signal' | 'canRewriteLine'>

export function startChecks(
  registry: ProfileRegistry,
  records: readonly ProfileRecord[],
  io: Watched,
): RunningChecks {
  const names = records.map(({ profile }) => profile.auth_profile)
  const progress = startProgress(io, names)
  const results = names.map(async (name) => {
    await registry.recheck(name, io.signal)
    progress.step(name)
    return registry.record(name)
  })
  return { results, progress }
}

/** All of them, in their order. Resolves early, without results, when interrupted. */
export async function checkProfiles(
  registry: ProfileRegistry,
  records: readonly ProfileRecord[],
  io: Watched,
): Promise<ProfileRecord[]> {
  const { results, progress } = startChecks(registry, records, io)
  progress.show()
  try {
    return await Promise.all(results)
  } finally {
    progress.end()
  }
}
