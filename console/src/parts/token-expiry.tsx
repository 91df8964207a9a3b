/** How long a session token is still good for. */
import { now } from '../clock.ts'
import { exactTime, timeLeft } from '../format/time.ts'
import { useText } from './use-text.ts'

const SOON_MS = 10 * 60_000

/** `at` in milliseconds since 1970. */
export function TokenExpiry({ at }: { at: number }) {
  const text = useText(() => timeLeft(at, now.value) ?? 'expired', [at])
  const tone = useText(() => {
    const left = at - now.value
    if (left <= 0) return 'expiry bad'
    return left < SOON_MS ? 'expiry warn' : 'expiry'
  }, [at])
  return (
    <time class={tone} dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {text}
    </time>
  )
}
