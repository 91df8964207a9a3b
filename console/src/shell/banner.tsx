/** What stands in the way of everything else: the service is gone, or has become another. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { useText, Words } from '../parts/index.ts'
import { connection, nextAttemptAt, serviceVersion, tryNow } from '../store/index.ts'

export function Banner() {
  const first = useSignal<string | null>(null)
  const version = serviceVersion.value
  useEffect(() => {
    first.value ??= version
  }, [version])
  if (connection.value === 'gone') return <Gone />
  if (first.value !== null && version !== first.value) return <Updated />
  return null
}

function Gone() {
  const clock = useSignal(Date.now())
  useEffect(() => {
    const timer = setInterval(() => (clock.value = Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  const wait = useText(() => {
    const seconds = Math.ceil((nextAttemptAt.value - clock.value) / 1_000)
    return seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again …'
  }, [])
  return (
    <section class="banner bad" aria-label="Connection">
      <p role="alert">
        <Words of="is-away" />
      </p>
      <span class="number">{wait}</span>
      <button type="button" class="small" onClick={tryNow}>
        Try now
      </button>
    </section>
  )
}

function Updated() {
  return (
    <section class="banner" aria-label="Version">
      <p role="status">
        <Words of="updated" />
      </p>
      <button type="button" class="small" onClick={() => location.reload()}>
        Load again
      </button>
    </section>
  )
}
