/** Checks profiles side by side, with progress for those who wait at a terminal. */
import type { ProfileRecord, ProfileRegistry } from '../registry/index.ts'
import type { Io } from './io.ts'
import { startProgress } from './progress.ts'

/** The same profiles in the same order, with their results. Resolves early, without results, when interrupted. */
export async function checkProfiles(
  registry: ProfileRegistry,
  records: readonly ProfileRecord[],
  io: Pick<Io, 'stderr' | 'signal'>,
): Promise<ProfileRecord[]> {
  const progress = startProgress(io, records.length)
  const names = records.map(({ profile }) => profile.auth_profile)
  try {
    await Promise.all(
      names.map(async (name) => {
        await registry.recheck(name, io.signal)
        progress.step()
      }),
    )
  } finally {
    progress.end()
  }
  return names.map((name) => registry.record(name))
}
