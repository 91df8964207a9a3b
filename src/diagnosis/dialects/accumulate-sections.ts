/**
 * The reader that the TypeScript and the Java SDK have in common: `[name]` and `key=value`, both trimmed, and comments
 * that start with `#`. Any other line makes it give up the whole file. A section that occurs again is continued, the last
 * value of a key counts, and keys are taken to the letter. What a line is, and white space, differ: see who calls.
 *
 * The SDKs stop at the first such line. This reader goes on, as if it were mended: what else there is to mend is told, too.
 */
import { LineFaults } from './line-faults.ts'
import type { NumberedLine } from './numbered-lines.ts'
import type { ReadValue, RefusalReason, SectionReader } from './reading.ts'

type Trim = (text: string) => string
type Values = Map<string, ReadValue>

const DEFAULT_NAME = 'DEFAULT'

export function accumulateSections(lines: readonly NumberedLine[], trim: Trim): SectionReader {
  const read = new Accumulator(trim)
  for (const line of lines) read.line(line, trim(line.text))
  const { sections } = read
  const faults = read.faults.all()
  const inherited = [...(sections.get(DEFAULT_NAME) ?? [])].map(([key, value]) => {
    return [key, { ...value, isInherited: true }] as const
  })
  const valuesOf = (section: string) => {
    const own = sections.get(section)
    return own === undefined || section === DEFAULT_NAME ? own : new Map([...inherited, ...own])
  }
  return (section) => {
    const values = valuesOf(section)
    const [first] = faults
    if (first !== undefined) {
      const { refusal, lines: at } = first
      return { refusal, scope: 'file', line: at[0] ?? null, faults, mended: values }
    }
    if (values === undefined) return { refusal: 'section_not_found', scope: 'section', line: null }
    return { refusal: null, values }
  }
}

class Accumulator {
  readonly sections = new Map<string, Values>()
  readonly faults = new LineFaults()
  readonly #trim: Trim
  #current: Values | null = null

  constructor(trim: Trim) {
    this.#trim = trim
  }

  /** `text` is that of the line, trimmed. */
  line(line: NumberedLine, text: string): void {
    if (text === '' || text.startsWith('#')) return
    if (text.startsWith('[') && text.endsWith(']')) {
      this.#header(this.#trim(text.slice(1, -1)), line)
      return
    }
    const end = text.indexOf('=')
    if (end === -1 || this.#current === null) {
      const reason = describe(line, text, this.#current)
      this.faults.add(reason, line.number)
      this.#mend(reason, line, text)
      return
    }
    this.#pair(text, end, line)
  }

  #header(name: string, line: NumberedLine): void {
    if (name === '') this.faults.add('no_name', line.number)
    this.#current = this.sections.get(name) ?? new Map<string, ReadValue>()
    this.sections.set(name, this.#current)
  }

  #pair(text: string, end: number, line: NumberedLine): void {
    const key = this.#trim(text.slice(0, end))
    if (key === '') this.faults.add('no_key', line.number)
    const value = this.#trim(text.slice(end + 1))
    this.#current?.set(key, { value, line: line.number, isInherited: false })
  }

  /** What the line is once the remedy of that reason is applied to it. */
  #mend(reason: RefusalReason, line: NumberedLine, text: string): void {
    if (reason === 'byte_order_mark') this.line(line, this.#trim(text.slice(1)))
    else if (reason === 'text_behind_header') {
      this.#header(this.#trim(text.slice(1, text.indexOf(']'))), line)
    } else if (reason === 'colon') this.#pair(text, text.indexOf(':'), line)
    // A header above the first such line serves those below it.
    this.#current ??= new Map()
  }
}

/** What a line that is no `key=value` of a section is most likely meant to be. */
function describe(line: NumberedLine, text: string, current: Values | null): RefusalReason {
  if (text.startsWith('\ufeff')) return 'byte_order_mark'
  if (text.includes('\r')) return 'carriage_return'
  if (text.startsWith(';')) return 'semicolon'
  if (/^\[[^\]]+\]/.test(text)) return 'text_behind_header'
  if (current === null) return 'text_before_section'
  if (/^\s/.test(line.text) && current.size > 0) return 'continued_value'
  return text.indexOf(':') > 0 ? 'colon' : 'bare_line'
}
