/** Runs tasks of one key one after the other, and tasks of different keys side by side. */

export interface KeyQueue {
  run<T>(key: string, task: () => Promise<T>): Promise<T>
}

export function createKeyQueue(): KeyQueue {
  const tails = new Map<string, Promise<unknown>>()
  return {
    async run(key, task) {
      const before = tails.get(key) ?? Promise.resolve()
      const result = before.then(task)
      const tail = result.catch(() => {})
      tails.set(key, tail)
      try {
        return await result
      } finally {
        if (tails.get(key) === tail) tails.delete(key)
      }
    },
  }
}
