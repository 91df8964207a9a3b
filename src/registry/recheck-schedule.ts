/**
 * Checks every profile again once per interval, spread evenly over it, the longest unchecked first. Whoever keeps failing
 * passes up turns. Turns are counted, not timed: a clock that is set, or a machine that slept, changes nothing.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { foldName } from '../schemas/index.ts'
import type { ProfileRegistry } from './profile-registry.ts'
import type { RegistryEvent } from './registry-events.ts'

export interface RecheckSchedule {
  /** To be called when the interval has changed. */
  reschedule(): void
  stop(): void
}

interface Turn {
  /** How many turns it passes up. */
  skips: number
  /** How many checks have failed in a row since its configuration or its files changed. */
  failures: number
}

/** Every turn, then every second, then every fourth: no profile is left alone for longer. */
const MOST_SKIPS = 3
/** More often than this the timer does not go; several take their turn at once then. */
const SHORTEST_WAIT_MS = 20

/** `intervalSeconds` is asked for anew before each check; 0 pauses until `reschedule()`. */
export function startRechecks(
  registry: ProfileRegistry,
  intervalSeconds: () => number,
): RecheckSchedule {
  return new TurnTaking(registry, intervalSeconds)
}

class TurnTaking implements RecheckSchedule {
  readonly #registry: ProfileRegistry
  readonly #intervalSeconds: () => number
  readonly #stopped = new AbortController()
  readonly #unsubscribe: () => void
  /** By folded name; who was checked last stands last. */
  readonly #turns = new Map<string, Turn>()
  #timer: NodeJS.Timeout | undefined
  #endsAt = Infinity

  constructor(registry: ProfileRegistry, intervalSeconds: () => number) {
    this.#registry = registry
    this.#intervalSeconds = intervalSeconds
    for (const { profile } of registry.records()) this.#toTheEnd(foldName(profile.auth_profile))
    // A request that creates a profile sets the timer going, and what the timer does is no work of that request.
    const hear = AsyncLocalStorage.bind((event: RegistryEvent) => this.#hear(event))
    this.#unsubscribe = registry.subscribe(hear)
    this.#arm()
  }

  reschedule(): void {
    this.#arm()
  }

  stop(): void {
    this.#unsubscribe()
    clearTimeout(this.#timer)
    this.#stopped.abort()
  }

  #hear({ type, record: { profile } }: RegistryEvent): void {
    const key = foldName(profile.auth_profile)
    if (type === 'removed') this.#turns.delete(key)
    else if (type === 'checked') this.#remember(key, profile.useable)
    else if (type !== 'pending') this.#toTheEnd(key)
    if (type === 'created') this.#hurry()
  }

  #remember(key: string, isUseable: boolean): void {
    const failures = isUseable ? 0 : (this.#turns.get(key)?.failures ?? 0) + 1
    const skips = failures === 0 ? 0 : Math.min(2 ** (failures - 1) - 1, MOST_SKIPS)
    this.#toTheEnd(key, { skips, failures })
  }

  #toTheEnd(key: string, turn: Turn = { skips: 0, failures: 0 }): void {
    this.#turns.delete(key)
    this.#turns.set(key, turn)
  }

  /** Milliseconds from one turn to the next, or `null` where there are none. */
  #pace(): number | null {
    const interval = this.#intervalSeconds()
    return interval === 0 ? null : (interval * 1000) / Math.max(1, this.#turns.size)
  }

  #arm(): void {
    clearTimeout(this.#timer)
    this.#endsAt = Infinity
    const pace = this.#pace()
    if (pace === null || this.#stopped.signal.aborted) return
    const wait = Math.max(pace, SHORTEST_WAIT_MS)
    this.#endsAt = performance.now() + wait
    this.#timer = setTimeout(() => this.#tick(Math.round(wait / pace)), wait).unref()
  }

  /** More profiles, shorter waits: the one that is running may have been meant for few. */
  #hurry(): void {
    const pace = this.#pace()
    if (pace !== null && performance.now() + pace < this.#endsAt) this.#arm()
  }

  #tick(count: number): void {
    for (const [key, turn] of [...this.#turns.entries().take(count)]) {
      // What cannot run would only wait in line, before the checks that somebody waits for.
      if (this.#registry.isBusy()) break
      this.#takeTurn(key, turn)
    }
    this.#arm()
  }

  #takeTurn(key: string, turn: Turn): void {
    this.#toTheEnd(key, { ...turn, skips: Math.max(0, turn.skips - 1) })
    // A profile whose check is under way has its turn already.
    const isPending = this.#registry.get(key)?.check?.status === 'pending'
    if (turn.skips > 0 || isPending || this.#registry.isChecking(key)) return
    void this.#registry.recheck(key, this.#stopped.signal)
  }
}
