/** Ends what takes too long. */

/** Rejects when the time is over, after `giveUp`, which has to make an end of the task. */
export async function withinLimit<T>(
  limitMs: number,
  task: Promise<T>,
  giveUp: () => void,
): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    giveUp()
    late.reject(new Error(`timeout after ${limitMs} ms`))
  }, limitMs)
  try {
    return await Promise.race([task, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
