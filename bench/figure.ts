/** What a bench finds out: one figure with what was aimed at. */

export interface Figure {
  name: string
  /** `null` where it could not be measured; `detail` says why. */
  value: number | null
  unit: 'times' | 's'
  /** The figure is good at this value and beyond. */
  aim: { atLeast: number } | { below: number }
  /** The measurements behind it, in words. */
  detail: string
}

export interface Bench {
  /** As named on the command line. */
  name: string
  run(): Promise<Figure[]>
}

export type Verdict = 'ok' | 'miss' | 'skipped'

export function verdictOf({ value, aim }: Figure): Verdict {
  if (value === null) return 'skipped'
  const good = 'atLeast' in aim ? value >= aim.atLeast : value < aim.below
  return good ? 'ok' : 'miss'
}
