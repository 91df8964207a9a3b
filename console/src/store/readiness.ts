/** How the service is doing: read when something about it has changed, and from time to time while it starts. */
import { effect, signal } from '@preact/signals'
import { readReadiness, type Readiness } from '../service/index.ts'
import { settingsRevision } from './events.ts'
import { connection } from './live.ts'

const STARTING_MS = 1_000

/** `null` while it is not known. */
export const readiness = signal<Readiness | null>(null)

export function watchReadiness(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const read = async () => {
    clearTimeout(timer)
    readiness.value = await readReadiness().catch(() => null)
    if (readiness.value?.status === 'starting') timer = setTimeout(() => void read(), STARTING_MS)
  }
  effect(() => {
    void settingsRevision.value
    if (connection.value === 'live' || connection.value === 'polling') void read()
  })
}
