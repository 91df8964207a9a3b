/**
 * As the Go SDK reads a section (common/configuration.go): from the first header of that name to the next header, by
 * lines, without DEFAULT. A line without `=` is nothing; a value ends at a second `=`; keys are taken in any case.
 */
import { linesByNewline, type NumberedLine } from './numbered-lines.ts'
import type { ReadValue, SectionReader } from './reading.ts'

/** Nothing may stand before the bracket; what stands behind the last one does not matter. */
const HEADER = /^\[([^]*)\]/

/** Its own name for the pass phrase, beside that of all. */
const GO_ALIAS = 'passphrase'

export function readAsGo(text: string): SectionReader {
  const lines = linesByNewline(text)
  const starts = new Map<string, number>()
  for (const [index, line] of lines.entries()) {
    const name = HEADER.exec(line.text)?.[1]
    if (name !== undefined && !starts.has(name)) starts.set(name, index + 1)
  }
  return (section) => {
    const start = starts.get(section)
    if (start === undefined) {
      return { refusal: 'section_not_found', scope: 'section', line: null }
    }
    return { refusal: null, values: readLines(lines, start) }
  }
}

function readLines(lines: readonly NumberedLine[], start: number): Map<string, ReadValue> {
  const values = new Map<string, ReadValue>()
  for (let index = start; index < lines.length; index++) {
    const { text, number } = lines[index]!
    if (HEADER.test(text)) break
    const [before, behind] = text.split('=', 2)
    if (before === undefined || behind === undefined) continue
    const key = trimSpace(before).toLowerCase()
    const value = { value: trimSpace(behind), line: number, isInherited: false }
    values.set(key === GO_ALIAS ? 'pass_phrase' : key, value)
  }
  return values
}

/** White space as Go's `strings.TrimSpace` knows it: what Unicode calls so. */
function trimSpace(text: string): string {
  return text
    .replace(/^\p{White_Space}+/u, '')
    .replace(/(?<!\p{White_Space})\p{White_Space}+$/u, '')
}
