/**
 * The reader that the TypeScript and the Java SDK have in common: `[name]` and `key=value`, both trimmed, and comments
 * that start with `#`. Any other line makes it give up the whole file. A section that occurs again is continued, the last
 * value of a key counts, and keys are taken to the letter. What a line is, and white space, differ: see who calls.
 */
import type { NumberedLine } from './numbered-lines.ts'
import type { ReadValue, Refusal, RefusalReason, SectionReader } from './reading.ts'

type Trim = (text: string) => string
type Values = Map<string, ReadValue>

const DEFAULT_NAME = 'DEFAULT'

export function accumulateSections(lines: readonly NumberedLine[], trim: Trim): SectionReader {
  const sections = new Map<string, Values>()
  const fault = readLines(lines, trim, sections)
  const inherited = [...(sections.get(DEFAULT_NAME) ?? [])].map(([key, value]) => {
    return [key, { ...value, isInherited: true }] as const
  })
  return (section) => {
    if (fault !== null) return fault
    const own = sections.get(section)
    if (own === undefined) return { refusal: 'section_not_found', scope: 'section', line: null }
    return {
      refusal: null,
      values: section === DEFAULT_NAME ? own : new Map([...inherited, ...own]),
    }
  }
}

function readLines(
  lines: readonly NumberedLine[],
  trim: Trim,
  sections: Map<string, Values>,
): Refusal | null {
  let current: Values | null = null
  for (const line of lines) {
    const text = trim(line.text)
    if (text === '' || text.startsWith('#')) continue
    if (text.startsWith('[') && text.endsWith(']')) {
      const name = trim(text.slice(1, -1))
      if (name === '') return refuse('no_name', line)
      current = sections.get(name) ?? new Map<string, ReadValue>()
      sections.set(name, current)
      continue
    }
    const end = text.indexOf('=')
    if (end === -1 || current === null) return refuse(describe(line, text, current), line)
    const key = trim(text.slice(0, end))
    if (key === '') return refuse('no_key', line)
    const value = trim(text.slice(end + 1))
    current.set(key, { value, line: line.number, isInherited: false })
  }
  return null
}

function refuse(refusal: RefusalReason, { number }: NumberedLine): Refusal {
  return { refusal, scope: 'file', line: number }
}

/** What a line that is no `key=value` of a section is most likely meant to be. */
function describe(line: NumberedLine, text: string, current: Values | null): RefusalReason {
  if (text.startsWith('\ufeff')) return 'byte_order_mark'
  if (text.startsWith(';')) return 'semicolon'
  if (/^\[[^\]]+\]/.test(text)) return 'text_behind_header'
  if (current === null) return 'text_before_section'
  if (/^\s/.test(line.text) && current.size > 0) return 'continued_value'
  return text.indexOf(':') > 0 ? 'colon' : 'bare_line'
}
