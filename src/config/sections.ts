/**
 * Config file text → sections, as Python's `configparser.ConfigParser(interpolation=None)` reads it: a text that it
 * accepts gives the same sections, keys and values. A text that it refuses is read as though the lines at fault were
 * comments; a section or key that occurs again adds to, or replaces, the first. Inheritance is profile.ts's work.
 */
import type { Finding } from '../schemas/index.ts'
import { skipSpace, stripEnd } from './python-space.ts'
import {
  brokenHeader,
  byteOrderMark,
  duplicateKey,
  duplicateSection,
  indentedHeader,
  isBrokenHeader,
  keyMissing,
  strayLine,
  textBeforeSection,
  type LostHeader,
} from './section-faults.ts'

export interface Entry {
  /** Lines of a value are joined by `\n`. */
  value: string
  /** 1-based line of the key. */
  line: number
}

export interface Section {
  /** As written, inner white space included. */
  name: string
  /** 1-based line of the header; of the first one, where a section occurs again. */
  line: number
  /** True for `[DEFAULT]`, whose keys the others inherit. */
  isDefault: boolean
  /** 1-based lines of further headers of that name. Only DEFAULT may have any without being at fault. */
  repeatedOn: number[]
  /** The section's own keys in lower case, in file order. */
  entries: Map<string, Entry>
  /** The faults among this section's lines; each of them is in the diagnostics too. */
  faults: Finding[]
}

export interface ParsedSections {
  /** In file order, `[DEFAULT]` among them when it has a header. */
  sections: Section[]
  /** In line order. An error for each fault for which Python refuses the text, nothing else. */
  diagnostics: Finding[]
}

const DEFAULT_NAME = 'DEFAULT'
const BYTE_ORDER_MARK = '\ufeff'
const HASH = 0x23
const COLON = 0x3a
const SEMICOLON = 0x3b
const EQUALS = 0x3d

/** `faults` are those found when the bytes were decoded, in line order: they are filed under the section they lie in. */
export function parseSections(text: string, faults: readonly Finding[] = []): ParsedSections {
  const reader = new SectionReader()
  const lines = universalNewlines(reader.skipByteOrderMark(text)).split('\n')
  let nextFault = 0
  for (let index = 0; index < lines.length; index++) {
    reader.readLine(lines[index]!, index + 1)
    while (nextFault < faults.length && faults[nextFault]!.line === index + 1) {
      reader.report(faults[nextFault++]!)
    }
  }
  return reader.finish()
}

class SectionReader {
  readonly #sections = new Map<string, Section>()
  readonly #diagnostics: Finding[] = []
  #section: Section | null = null
  /** The key that an indented line continues. */
  #entry: Entry | null = null
  /** Where that key's line begins. */
  #indent = 0
  /** Empty lines since the last line of `#entry`: they belong to its value only if it goes on. */
  #emptyLines = 0
  #textBefore: { index: number; line: number; count: number; text: string } | null = null
  /** Since the header of the section: what reads on below it belongs to another one. */
  #lostHeader: LostHeader | null = null

  skipByteOrderMark(text: string): string {
    let start = 0
    while (text.startsWith(BYTE_ORDER_MARK, start)) start++
    if (start > 0) this.report(byteOrderMark())
    return text.slice(start)
  }

  readLine(line: string, number: number): void {
    const indent = skipSpace(line, 0)
    if (indent === line.length) {
      this.#emptyLines++
      return
    }
    if (isCommentPrefix(line.charCodeAt(indent))) return
    const text = stripEnd(line).slice(indent)
    if (this.#entry !== null && indent > this.#indent) {
      if (isHeader(text)) this.#lostHeader = indentedHeader(number)
      this.#continueValue(this.#entry, text)
    } else this.#readElement(text, indent, number)
  }

  report(fault: Finding): void {
    this.#diagnostics.push(fault)
    this.#section?.faults.push(fault)
  }

  finish(): ParsedSections {
    if (this.#textBefore !== null) {
      const { index, line, count, text } = this.#textBefore
      this.#diagnostics.splice(index, 0, textBeforeSection(line, count, text))
    }
    return { sections: [...this.#sections.values()], diagnostics: this.#diagnostics }
  }

  #continueValue(entry: Entry, text: string): void {
    entry.value += '\n'.repeat(this.#emptyLines + 1) + text
    this.#emptyLines = 0
  }

  /** A line at fault must not move `#indent` or end `#entry`: it would change how the next lines are read. */
  #readElement(text: string, indent: number, line: number): void {
    const name = headerName(text)
    if (name !== null) this.#openSection(name, line)
    else if (this.#section === null) this.#countTextBefore(line, text)
    else this.#readOption(this.#section, text, indent, line)
  }

  #openSection(name: string, line: number): void {
    const first = this.#sections.get(name)
    this.#section = first ?? newSection(name, line)
    this.#entry = null
    this.#lostHeader = null
    if (first === undefined) {
      this.#sections.set(name, this.#section)
      return
    }
    first.repeatedOn.push(line)
    if (!first.isDefault) this.report(duplicateSection(first.name, first.line, line))
  }

  #countTextBefore(line: number, text: string): void {
    this.#textBefore ??= { index: this.#diagnostics.length, line, count: 0, text }
    this.#textBefore.count++
  }

  #readOption(section: Section, text: string, indent: number, line: number): void {
    const end = delimiterIndex(text)
    if (end <= 0) {
      if (isBrokenHeader(text)) this.#lostHeader = brokenHeader(line)
      this.report(end === 0 ? keyMissing(line) : strayLine(line, text))
      return
    }
    const key = stripEnd(text.slice(0, end)).toLowerCase()
    const earlier = section.entries.get(key)
    if (earlier !== undefined) {
      const lost = (this.#lostHeader?.line ?? 0) > earlier.line ? this.#lostHeader : null
      this.report(duplicateKey(section.name, key, [earlier.line, line], lost))
    }
    this.#entry = { value: text.slice(skipSpace(text, end + 1)), line }
    this.#indent = indent
    this.#emptyLines = 0
    section.entries.set(key, this.#entry)
  }
}

function newSection(name: string, line: number): Section {
  const isDefault = name === DEFAULT_NAME
  return { name, line, isDefault, repeatedOn: [], entries: new Map(), faults: [] }
}

/** `\r\n` and `\r` end a line as `\n` does; nothing else does. */
function universalNewlines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

function isCommentPrefix(code: number): boolean {
  return code === HASH || code === SEMICOLON
}

/** Up to the last `]`, whatever follows it; `[]` is no header. */
function headerName(text: string): string | null {
  if (!text.startsWith('[')) return null
  const end = text.lastIndexOf(']')
  return end < 2 ? null : text.slice(1, end)
}

/** The whole line, as nobody writes a value. */
function isHeader(text: string): boolean {
  return /^\[[^\][=:]{1,128}\]$/.test(text)
}

function delimiterIndex(text: string): number {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === EQUALS || code === COLON) return index
  }
  return -1
}
