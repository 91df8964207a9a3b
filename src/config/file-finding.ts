/** Findings about the file's text: one line each, with names made printable and never the text of a line. */
import { ERRORS, type FileCode } from '../errors.ts'
import type { EditableField, Finding, Severity } from '../schemas/index.ts'

const LONGEST_NAME = 128

/** What breaks a line, hides or turns text around on a terminal. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu

interface FindingPlace {
  field?: EditableField | null
  line?: number | null
  /** More exact than the table's fix. */
  fix?: string
}

export function fileFinding(
  code: FileCode,
  severity: Severity,
  message: string,
  { field = null, line = null, fix = ERRORS[code].fix }: FindingPlace = {},
): Finding {
  return { code, severity, field, line, message, fix }
}

/** A name as it may stand in a message: in quotes, not longer than 128 characters, control characters escaped. */
export function quoteName(name: string): string {
  // Cut before counting characters, so that a name of megabytes costs nothing.
  const characters = [...name.slice(0, 2 * LONGEST_NAME + 2)]
  const shown = characters.slice(0, LONGEST_NAME).join('')
  return `"${escapeControls(shown)}${characters.length > LONGEST_NAME ? '…' : ''}"`
}

/** The text with every control character as `\u{…}`. */
export function escapeControls(text: string): string {
  return text.replace(UNPRINTABLE, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`)
}
