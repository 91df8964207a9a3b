/** What a bench finds out: one figure with what was aimed at. */

export interface Figure {
  name: string
  /** `null` where it could not be measured; `detail` says why. */
  value: number | null
  unit: Unit
  /** The figure is good at this value and, unless it is to be exact, beyond. */
  aim: { atLeast: number } | { below: number } | { exactly: number }
  /** The measurements behind it, in words. */
  detail: string
}

/** `count`: of what the name says. */
type Unit = 'times' | 's' | 'count'

export interface Bench {
  /** As named on the command line. */
  name: string
  run(options: BenchOptions): Promise<Figure[]>
}

export interface BenchOptions {
  /** How long those measure that watch something over time; short by default. */
  seconds?: number
}

export type Verdict = 'ok' | 'miss' | 'skipped'

export function verdictOf({ value, aim }: Figure): Verdict {
  if (value === null) return 'skipped'
  return isGood(value, aim) ? 'ok' : 'miss'
}

function isGood(value: number, aim: Figure['aim']): boolean {
  if ('atLeast' in aim) return value >= aim.atLeast
  if ('below' in aim) return value < aim.below
  return value === aim.exactly
}
