/** Rows of cells → aligned lines. On a terminal that is too narrow columns are cut, the least important are given up. */
import { cutMiddle, type Cut } from './cut.ts'
import { safeText } from './safe-text.ts'
import type { Paint, Style } from './style.ts'
import { padText, textWidth } from './width.ts'

export interface Cell {
  text: string
  paint?: Paint
}

export interface Column {
  /** How its text is shortened; in the middle unless told. */
  cut?: Cut
  /** The narrowest form that still says something; wider texts are cut down to it before a column is given up. */
  least?: number
  /** 0 counts most. By default the columns count from left to right. */
  rank?: number
}

export const GAP = '  '
const LEAST = 12

/** A line ends where its last text ends. */
export function renderColumns(
  rows: readonly (readonly Cell[])[],
  style: Style,
  columns: readonly Column[] = [],
): string {
  const safe = rows.map((row) => row.map((cell) => ({ ...cell, text: safeText(cell.text) })))
  const widths = fitWidths(naturalWidths(safe), columns, style.width)
  return safe.map((row) => `${renderRow(row, widths, columns)}\n`).join('')
}

function renderRow(
  row: readonly Cell[],
  widths: readonly number[],
  columns: readonly Column[],
): string {
  const kept = row.flatMap((cell, index) => {
    const width = widths[index] ?? 0
    const { cut = cutMiddle } = columns[index] ?? {}
    return width === 0 ? [] : [{ ...cell, width, text: cut(cell.text, width) }]
  })
  const end = kept.findLastIndex(({ text }) => text !== '')
  const cells = kept.slice(0, end + 1).map(({ text, paint = String, width }, column) => {
    return column === end ? paint(text) : paint(padText(text, width))
  })
  return cells.join(GAP)
}

function naturalWidths(rows: readonly (readonly Cell[])[]): number[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, { text }] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, textWidth(text))
    }
  }
  return widths
}

/** Of each column; 0 where it is given up. What is left when all have their least goes to the most important first. */
function fitWidths(
  natural: readonly number[],
  columns: readonly Column[],
  available: number,
): number[] {
  const leasts = natural.map((width, index) => Math.min(width, columns[index]?.least ?? LEAST))
  const rankOf = (index: number) => columns[index]?.rank ?? index
  const kept = [...natural.keys()].toSorted((a, b) => rankOf(a) - rankOf(b))
  const spare = () =>
    kept.reduce((rest, index) => rest - (leasts[index] ?? 0) - GAP.length, available + GAP.length)
  while (kept.length > 1 && spare() < 0) kept.pop()

  const widths = natural.map(() => 0)
  let rest = spare()
  for (const index of kept) {
    const least = leasts[index] ?? 0
    // Less than nothing where a single column is left and has no room for its least.
    const growth = Math.min((natural[index] ?? 0) - least, rest)
    widths[index] = Math.max(1, least + growth)
    rest -= growth
  }
  return widths
}
