/** Figures as a table for people. */
import type { Figure, Verdict } from './figure.ts'

export function formatTable(figures: readonly (Figure & { verdict: Verdict })[]): string {
  const rows = [
    ['figure', 'aim', 'measured', '', ''],
    ...figures.map((figure) => [
      figure.name,
      describeAim(figure),
      figure.value === null ? '-' : withUnit(figure.value, figure),
      figure.verdict,
      figure.detail,
    ]),
  ]
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n')
}

function describeAim(figure: Figure): string {
  const { aim } = figure
  if ('atLeast' in aim) return `${withUnit(aim.atLeast, figure)} or more`
  if ('below' in aim) return `below ${withUnit(aim.below, figure)}`
  return `exactly ${withUnit(aim.exactly, figure)}`
}

function withUnit(value: number, { unit }: Figure): string {
  return unit === 'count' ? String(value) : `${value.toFixed(2)} ${unit}`
}
