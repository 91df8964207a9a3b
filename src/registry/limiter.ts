/** Lets at most so many tasks run at once; the limit is asked for anew each time, because it may change meanwhile. */

export interface Limiter {
  run<T>(task: () => Promise<T>): Promise<T>
  /** To be called when the limit has changed: those who wait need not wait for somebody to finish. */
  adjust(): void
  /** How many tasks wait now. */
  waiting(): number
}

export function createLimiter(limit: () => number): Limiter {
  let running = 0
  const waiting: (() => void)[] = []

  const admit = () => {
    while (running < limit() && waiting.length > 0) {
      running += 1
      waiting.shift()?.()
    }
  }

  const release = () => {
    running -= 1
    admit()
  }

  const acquire = async () => {
    if (running < limit()) {
      running += 1
      return
    }
    // Whoever releases counts the slot for us, so that nobody slips in between.
    await new Promise<void>((resolve) => waiting.push(resolve))
  }

  return {
    adjust: admit,
    waiting: () => waiting.length,
    async run(task) {
      await acquire()
      try {
        return await task()
      } finally {
        release()
      }
    },
  }
}
