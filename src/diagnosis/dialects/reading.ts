/** What a tool makes of one section of a config file. */

export type Reading = SectionReading | Refusal

export interface SectionReading {
  refusal: null
  /** By key, as the tool has it: own values, and the inherited ones where it inherits. */
  values: ReadonlyMap<string, ReadValue>
}

export interface ReadValue {
  value: string
  /** 1-based line of the key. */
  line: number
  /** It is from DEFAULT. */
  isInherited: boolean
}

export interface Refusal {
  refusal: RefusalReason
  /** `file`: it reads no section at all. */
  scope: 'file' | 'section'
  /** 1-based line at fault, the first where there are several; `null` where there is none. */
  line: number | null
  /** All lines at fault, where the tool stops at the first and others would stop it, too. */
  faults?: readonly LineFault[]
  /** The section as the tool would have it with those lines mended; `undefined` where there is no such section. */
  mended?: SectionReading['values'] | undefined
}

/** The lines for which a tool refuses a file for one reason. */
export interface LineFault {
  refusal: RefusalReason
  /** 1-based, in their order. */
  lines: readonly number[]
  /** How many there are besides. */
  more: number
}

export type RefusalReason =
  | 'text_before_section'
  | 'bare_line'
  | 'semicolon'
  | 'colon'
  | 'text_behind_header'
  | 'continued_value'
  | 'no_key'
  | 'no_name'
  | 'byte_order_mark'
  | 'carriage_return'
  | 'not_utf8'
  | 'section_twice'
  | 'key_twice'
  | 'section_not_found'
  | 'key_content'
  | 'log_requests'

/** A text, read once; each of its sections then costs no more than it is long. */
export type SectionReader = (section: string) => Reading
