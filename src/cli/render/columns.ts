/** Rows of cells → aligned lines. On a terminal the widest columns give way until a line fits. */
import { safeText } from './safe-text.ts'
import type { Paint, Style } from './style.ts'
import { cutText, padText, textWidth } from './width.ts'

export interface Cell {
  text: string
  paint?: Paint
}

const GAP = '  '
const NARROWEST = 4

/** The first row is the heading. A line ends where its last text ends. */
export function renderColumns(rows: readonly (readonly Cell[])[], style: Style): string {
  const safe = rows.map((row) => row.map((cell) => ({ ...cell, text: safeText(cell.text) })))
  const widths = fitWidths(naturalWidths(safe), style.width)
  return safe.map((row) => `${renderRow(row, widths)}\n`).join('')
}

function renderRow(row: readonly Cell[], widths: readonly number[]): string {
  const end = row.findLastIndex(({ text }) => text !== '')
  const cells = row.slice(0, end + 1).map(({ text, paint = String }, column) => {
    const cut = cutText(text, widths[column] ?? 0)
    return column === end ? paint(cut) : paint(padText(cut, widths[column] ?? 0))
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

/** Takes from the widest column, one by one, what is too much; no column gets narrower than can be read. */
function fitWidths(natural: readonly number[], available: number): number[] {
  const widths = [...natural]
  const gaps = GAP.length * (widths.length - 1)
  let excess = widths.reduce((sum, width) => sum + width, gaps) - available
  for (; excess > 0; excess--) {
    const widest = Math.max(...widths)
    if (widest <= NARROWEST) break
    widths[widths.lastIndexOf(widest)] = widest - 1
  }
  return widths
}
