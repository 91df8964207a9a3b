/** Work that must end: at the latest after the limit, at once when it is cancelled. What it leaves undone is aborted. */

/**
 * Resolves with the work's result, or with why it was not waited for. Rejects when the work rejects in time; what it
 * does later is ignored.
 */
export async function withinLimit<T>(
  work: (signal: AbortSignal) => Promise<T>,
  limitMs: number,
  outer: AbortSignal = NEVER,
): Promise<T | 'cancelled' | 'late'> {
  if (outer.aborted) return 'cancelled'
  const inner = new AbortController()
  const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<'cancelled' | 'late'>()
  const cancel = () => interrupt('cancelled')
  const timer = setTimeout(() => interrupt('late'), limitMs)
  outer.addEventListener('abort', cancel)
  try {
    return await Promise.race([work(inner.signal), interrupted])
  } finally {
    clearTimeout(timer)
    outer.removeEventListener('abort', cancel)
    inner.abort()
  }
}

const NEVER = new AbortController().signal
