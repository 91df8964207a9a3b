/** Pages of docs/ as the catalogue tests read them. */
import { readFileSync } from 'node:fs'

export function readPage(name: string): string {
  return readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')
}

/** Text under each heading of the second level, by the heading, in order. */
export function sectionsOf(page: string): Map<string, string> {
  const parts = page.split(/^## /m).slice(1)
  return new Map(
    parts.map((part) => {
      const [heading = '', ...lines] = part.split('\n')
      return [heading.trim(), lines.join('\n')]
    }),
  )
}

/** Cells of the rows of all tables in a text, without the rows of headings. */
export function tableRows(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'))
  const isRule = (line: string | undefined) => line !== undefined && /^\|[ |:-]+$/.test(line)
  const rows = lines.filter((line, index) => !isRule(line) && !isRule(lines[index + 1]))
  return rows.map(cellsOf)
}

function cellsOf(row: string): string[] {
  const cells = row.slice(1, -1).split(/(?<!\\)\|/)
  return cells.map((cell) => cell.trim().replaceAll('\\|', '|'))
}
