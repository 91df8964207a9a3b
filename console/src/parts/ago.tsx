/** How long ago something was; the exact time, in the reader's zone, where the pointer rests on it. */
import { now } from '../clock.ts'
import { exactTime, timeAgo } from '../format/time.ts'
import { useText } from './use-text.ts'

/** `at` in ISO 8601. */
export function Ago({ at }: { at: string }) {
  const ms = Date.parse(at)
  const text = useText(() => timeAgo(ms, now.value), [ms])
  return (
    <time dateTime={at} title={exactTime(ms)}>
      {text}
    </time>
  )
}
