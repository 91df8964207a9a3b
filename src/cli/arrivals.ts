/** In which order results are told that become ready in any order. */
import type { Io } from './io.ts'

/** As long as a terminal may stay empty while results are there; progress comes a little later. */
const PATIENCE_MS = 800

/** Programs want the same order each time; people want to see results arrive. */
export function patienceFor({ stdout }: Pick<Io, 'stdout'>): number | null {
  return stdout.isTTY ? PATIENCE_MS : null
}

/**
 * Batches of results. In the order given, each as soon as it and all before it are there, for `patienceMs`; what is
 * there then is told at once, and whatever comes later as it comes. `null`: in the order given, however long it takes.
 * Rejects when one of them does.
 */
export async function* arrivals<Result>(
  results: readonly Promise<Result>[],
  patienceMs: number | null,
): AsyncGenerator<Result[], void, void> {
  const ready = new Map<number, Result>()
  let failure: { error: unknown } | undefined
  let wake = () => {}
  for (const [index, result] of results.entries()) {
    result.then(
      (value) => {
        ready.set(index, value)
        wake()
      },
      (error: unknown) => {
        failure = { error }
        wake()
      },
    )
  }
  let isPatient = true
  const losePatience = () => {
    isPatient = false
    wake()
  }
  const timer = patienceMs === null ? undefined : setTimeout(losePatience, patienceMs)
  let told = 0
  try {
    while (told < results.length) {
      if (failure) throw failure.error
      const batch = isPatient ? takeInOrder(ready, told) : takeAll(ready)
      if (batch.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      else yield batch
      told += batch.length
    }
  } finally {
    clearTimeout(timer)
  }
}

/** Those that follow one another, beginning with `next`. */
function takeInOrder<Result>(ready: Map<number, Result>, next: number): Result[] {
  const batch: Result[] = []
  for (let index = next; ready.has(index); index += 1) {
    batch.push(ready.get(index) as Result)
    ready.delete(index)
  }
  return batch
}

function takeAll<Result>(ready: Map<number, Result>): Result[] {
  const batch = [...ready].toSorted(([a], [b]) => a - b).map(([, result]) => result)
  ready.clear()
  return batch
}
