/** Reads again, with longer and longer pauses, until somebody answers. */
import { ServiceProblem } from './call.ts'

const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 15_000

/** `onFailure` is told of each attempt that fails. Gives what ends it: nothing is taken after that. */
export function readWithRetries<T>(
  read: () => Promise<T>,
  take: (value: T) => void,
  onFailure: (error: unknown) => void = () => {},
): () => void {
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let pauseMs = FIRST_PAUSE_MS
  const attempt = () =>
    void read().then(
      (value) => {
        if (!isOver) take(value)
      },
      (error: unknown) => {
        if (isOver) return
        onFailure(error)
        // What the service has refused it would refuse again.
        if (error instanceof ServiceProblem && error.problem.status < 500) return
        timer = setTimeout(attempt, pauseMs)
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
      },
    )
  attempt()
  return () => {
    isOver = true
    clearTimeout(timer)
  }
}
