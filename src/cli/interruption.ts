/** The program was asked to stop: the reason of the signal that all work is given. */
import { constants } from 'node:os'

/** Signals that ask a program to stop and may be answered. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export type StopSignal = (typeof STOP_SIGNALS)[number]

export class Interruption extends Error {
  readonly exitCode: number
  /** SIGPIPE: nobody reads any more what the program writes. */
  readonly signal: StopSignal | 'SIGPIPE'

  constructor(signal: StopSignal | 'SIGPIPE') {
    super(`interrupted by ${signal}`)
    this.name = 'Interruption'
    this.signal = signal
    // As shells count: 130 for SIGINT.
    this.exitCode = 128 + constants.signals[signal]
  }
}

/** Resolves when the program is asked to stop. */
export function untilInterrupted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** The result of `work`, unless the program is asked to stop before it is there. */
export function rejectWhenInterrupted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
