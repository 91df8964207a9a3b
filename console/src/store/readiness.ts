/** How the service is doing: read when something about it has changed, and from time to time while it starts. */
import { effect, signal } from '@preact/signals'
import { readReadiness, readWithRetries, type Readiness } from '../service/index.ts'
import { settingsRevision } from './events.ts'
import { connection } from './live.ts'

const STARTING_MS = 1_000

/** `null` while it is not known. */
export const readiness = signal<Readiness | null>(null)

export function watchReadiness(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let end = () => {}
  const read = () => {
    clearTimeout(timer)
    end()
    end = readWithRetries(
      readReadiness,
      (found) => {
        readiness.value = found
        if (found.status === 'starting') timer = setTimeout(read, STARTING_MS)
      },
      () => (readiness.value = null),
    )
  }
  effect(() => {
    void settingsRevision.value
    if (connection.value === 'live' || connection.value === 'polling') read()
  })
}
