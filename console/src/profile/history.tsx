/** The last checks, the newest first. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { now } from '../clock.ts'
import { clockTime, durationText, exactTime } from '../format/time.ts'
import { Sparkline, StateMark } from '../parts/index.ts'
import { readHistory, type PastCheck } from '../service/index.ts'
import type { Row } from '../store/index.ts'

export function History({ row }: { row: Row }) {
  const checks = useHistory(row)
  if (checks.length === 0) return null
  return (
    <section class="card" aria-labelledby="history">
      <div class="card-head">
        <h2 id="history">Last checks</h2>
        <Sparkline points={row.points.value} />
      </div>
      <ol class="history">
        {checks
          .map((check, index) => (
            <HistoryItem
              key={`${check.checked_at} ${index}`}
              check={check}
              isNews={check.message !== checks[index - 1]?.message}
            />
          ))
          .toReversed()}
      </ol>
    </section>
  )
}

/** A failure that is the same as the one before needs no words. */
function HistoryItem({ check, isNews }: { check: PastCheck; isNews: boolean }) {
  const ms = Date.parse(check.checked_at)
  const isGood = check.status === 'ok'
  return (
    <li>
      <StateMark state={isGood ? 'works' : 'fails'} />
      <div>
        <span class="history-line">
          <span class={isGood ? '' : 'code'}>{isGood ? 'works' : check.code}</span>
          <span class="muted number">
            <time dateTime={check.checked_at} title={exactTime(ms)}>
              {clockTime(ms, now.peek())}
            </time>
            {` · ${durationText(check.duration_ms)}`}
          </span>
        </span>
        {!isGood && isNews && <span class="detail">{check.message}</span>}
      </div>
    </li>
  )
}

/** Read again after each check. */
function useHistory(row: Row): readonly PastCheck[] {
  const known = useSignal<readonly PastCheck[]>([])
  const checkedAt = row.profile.value.check?.checked_at
  useEffect(() => {
    let isLate = false
    readHistory(row.name).then(
      ({ checks }) => {
        if (!isLate) known.value = checks
      },
      () => {
        // The rest of the page knows the last check, and the banner that the service is gone.
      },
    )
    return () => {
      isLate = true
    }
  }, [checkedAt])
  return known.value
}
