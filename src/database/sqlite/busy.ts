/** Waiting for the lock of another process without holding up this one: SQLite's own waiting blocks the event loop. */
import { setTimeout as wait } from 'node:timers/promises'
import { isBusy } from './sqlite-fault.ts'

const PAUSE_MS = 15

/** Tries again while the database is locked, for `limitMs` at most; then the last failure stands. */
export async function whileBusy<T>(limitMs: number, task: () => T | Promise<T>): Promise<T> {
  const end = performance.now() + limitMs
  for (;;) {
    try {
      return await task()
    } catch (error) {
      if (!isBusy(error) || performance.now() >= end) throw error
    }
    await wait(PAUSE_MS)
  }
}
