/** How text for people may look: colours, and the width that it has to fit. */
import picocolors from 'picocolors'
import type { Output } from '../io.ts'

export type Paint = (text: string) => string

export interface Style {
  good: Paint
  bad: Paint
  doubtful: Paint
  dim: Paint
  bold: Paint
  /** Columns of the terminal; infinite where there is none. */
  width: number
}

export function styleFor(output: Output, wantsColor: boolean): Style {
  const colors = picocolors.createColors(wantsColor && output.hasColors)
  return {
    good: colors.green,
    bad: colors.red,
    doubtful: colors.yellow,
    dim: colors.dim,
    bold: colors.bold,
    width: output.columns() ?? Number.POSITIVE_INFINITY,
  }
}
