/** The last checks, the newest first. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { now } from '../clock.ts'
import { clockTime, durationText, exactTime } from '../format/time.ts'
import { Card, Prose, Sparkline, StateMark } from '../parts/index.ts'
import { readHistory, readWithRetries, type PastCheck } from '../service/index.ts'
import type { Row } from '../store/index.ts'

export function History({ row }: { row: Row }) {
  const checks = useHistory(row)
  if (checks.length === 0) return null
  return (
    <Card id="history" beside={<Sparkline points={row.points.value} />}>
      <ol class="history">
        {grouped(checks).map(([check, count]) => (
          <HistoryItem key={check.checked_at} check={check} count={count} />
        ))}
      </ol>
    </Card>
  )
}

/** The newest first; failures that are the same as the one before are one, and counted. */
function grouped(checks: readonly PastCheck[]): [PastCheck, number][] {
  const groups: [PastCheck, number][] = []
  for (const check of checks.toReversed()) {
    const last = groups.at(-1)
    const isSame = last?.[0].code === check.code && last[0].message === check.message
    if (check.status === 'failed' && isSame) last[1] += 1
    else groups.push([check, 1])
  }
  return groups
}

function HistoryItem({ check, count }: { check: PastCheck; count: number }) {
  const ms = Date.parse(check.checked_at)
  const isGood = check.status === 'ok'
  return (
    <li>
      <StateMark state={isGood ? 'works' : 'fails'} />
      <div>
        <span class="history-line">
          <span class={isGood ? '' : 'code'}>
            {isGood ? 'works' : check.code}
            {count > 1 && ` × ${count}`}
          </span>
          <span class="muted number">
            <time dateTime={check.checked_at} title={exactTime(ms)}>
              {clockTime(ms, now.peek())}
            </time>
            {` · ${durationText(check.duration_ms)}`}
          </span>
        </span>
        {!isGood && (
          <span class="detail">
            <Prose text={check.message} />
          </span>
        )}
      </div>
    </li>
  )
}

/** Read again after each check. */
function useHistory(row: Row): readonly PastCheck[] {
  const known = useSignal<readonly PastCheck[]>([])
  const checkedAt = row.profile.value.check?.checked_at
  useEffect(
    () =>
      readWithRetries(
        () => readHistory(row.name),
        ({ checks }) => (known.value = checks),
      ),
    [checkedAt],
  )
  return known.value
}
