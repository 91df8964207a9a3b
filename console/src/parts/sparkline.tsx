/** The last checks: a bar up for each that worked, as high as it took long; a bar down for each that failed. */
import { durationText } from '../format/time.ts'
import type { CheckPoint } from '../service/index.ts'

const WIDTH = 3
const GAP = 1
const UP = 14
const DOWN = 5
const COUNT = 20

export function Sparkline({ points }: { points: readonly CheckPoint[] }) {
  const longest = Math.max(1, ...points.map((point) => point.duration_ms))
  const left = (COUNT - points.length) * (WIDTH + GAP)
  let up = ''
  let down = ''
  points.forEach(({ status, duration_ms }, index) => {
    const x = left + index * (WIDTH + GAP)
    if (status === 'failed') {
      down += `M${x} ${UP + 1}h${WIDTH}v${DOWN}h-${WIDTH}z`
      return
    }
    // Roots, so that one slow check does not flatten all others.
    const height = Math.max(2, Math.round(UP * Math.sqrt(duration_ms / longest)))
    up += `M${x} ${UP}h${WIDTH}v-${height}h-${WIDTH}z`
  })
  const width = COUNT * (WIDTH + GAP) - GAP
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${width} ${UP + DOWN + 1}`}
      role="img"
      aria-label={describe(points)}
    >
      <path class="axis" d={`M0 ${UP + 0.5}h${width}`} />
      <path class="up" d={up} />
      <path class="down" d={down} />
    </svg>
  )
}

function describe(points: readonly CheckPoint[]): string {
  const failed = points.filter(({ status }) => status === 'failed').length
  const times = points.map((point) => point.duration_ms)
  if (points.length === 0) return 'no check yet'
  const range =
    points.length === 1
      ? durationText(times[0]!)
      : `${durationText(Math.min(...times))} to ${durationText(Math.max(...times))}`
  return `last ${points.length} checks: ${points.length - failed} worked, ${failed} failed; ${range}`
}
