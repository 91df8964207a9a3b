/**
 * As the Java SDK reads a section (ConfigFileReader): lines end as `BufferedReader` ends them, white space is what
 * `String.trim` takes for it, everything up to the blank. A byte order mark is neither.
 */
import { accumulateSections } from './accumulate-sections.ts'
import { linesByAnyNewline } from './numbered-lines.ts'
import type { SectionReader } from './reading.ts'

const BLANK = 0x20

export function readAsJava(text: string): SectionReader {
  return accumulateSections(linesByAnyNewline(text), trim)
}

function trim(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && text.charCodeAt(start) <= BLANK) start++
  while (end > start && text.charCodeAt(end - 1) <= BLANK) end--
  return text.slice(start, end)
}
