/** Names and values, one below the other, with the values aligned. Values are wrapped and never cut. */
import { GAP } from './columns.ts'
import { safeText } from './safe-text.ts'
import type { Paint, Style } from './style.ts'
import { padText, textWidth, widestOf, wrapText } from './width.ts'

export interface FieldRow {
  name: string
  text: string
  paint?: Paint
  /** How it is broken into lines: at every space unless told. */
  wrap?: (text: string, width: number) => string[]
}

const INDENT = '  '
/** Text in a narrower column is hard to read: it goes below its name. */
const NARROWEST_TEXT = 30

export function renderFields(rows: readonly FieldRow[], style: Style): string {
  const nameWidth = widestOf(rows.map(({ name }) => name))
  const beside = nameWidth + GAP.length
  const lines = rows.flatMap(({ name, text, paint = String, wrap = wrapText }) => {
    const { indent, parts } = placeText(safeText(text), beside, style.width, wrap)
    const [first = '', ...rest] = parts.map(paint)
    const further = rest.map((line) => ' '.repeat(indent) + line)
    if (indent === beside) return [style.dim(padText(name, nameWidth)) + GAP + first, ...further]
    return [style.dim(name), ' '.repeat(indent) + first, ...further]
  })
  return lines.map((line) => `${line}\n`).join('')
}

/** Beside the name where it fits or reads well in several lines; else below it, where that keeps it in one piece. */
function placeText(
  text: string,
  beside: number,
  width: number,
  wrap: typeof wrapText,
): { indent: number; parts: string[] } {
  const longestWord = widestOf(text.split(' '))
  const fits = textWidth(text) <= width - beside
  const breaksWell = longestWord <= width - beside && width - beside >= NARROWEST_TEXT
  if (fits || breaksWell || longestWord > width) {
    return { indent: beside, parts: wrap(text, width - beside) }
  }
  const indent = Math.min(INDENT.length, width - longestWord)
  return { indent, parts: wrap(text, width - indent) }
}
