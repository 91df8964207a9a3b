/** Checks every profile again once per interval, spread evenly over it, the longest unchecked first. */
import type { ProfileRegistry } from './profile-registry.ts'

export interface RecheckSchedule {
  /** To be called when the interval has changed. */
  reschedule(): void
  stop(): void
}

/** `intervalSeconds` is asked for anew before each check; 0 pauses until `reschedule()`. */
export function startRechecks(
  registry: ProfileRegistry,
  intervalSeconds: () => number,
): RecheckSchedule {
  const stopped = new AbortController()
  let timer: NodeJS.Timeout | undefined

  const arm = () => {
    clearTimeout(timer)
    const interval = intervalSeconds()
    if (interval === 0 || stopped.signal.aborted) return
    const wait = (interval * 1000) / Math.max(1, registry.records().length)
    timer = setTimeout(tick, wait).unref()
  }

  const tick = () => {
    const name = longestUnchecked(registry)
    if (name !== null) void registry.recheck(name, stopped.signal)
    arm()
  }

  arm()
  return {
    reschedule: arm,
    stop() {
      clearTimeout(timer)
      stopped.abort()
    },
  }
}

function longestUnchecked(registry: ProfileRegistry): string | null {
  let oldest: { name: string; at: string } | null = null
  for (const { profile } of registry.records()) {
    // A profile whose check is under way has its turn already.
    if (profile.check?.status === 'pending' || registry.isChecking(profile.auth_profile)) continue
    const at = profile.check?.checked_at ?? ''
    if (oldest === null || at < oldest.at) oldest = { name: profile.auth_profile, at }
  }
  return oldest?.name ?? null
}
