/** One way in which a tool reads or uses a section otherwise than this package. */
import type { RefusalReason } from './reading.ts'

export type ValueKind =
  | 'not_inherited'
  | 'cut'
  | 'colon_in_section'
  | 'key_case'
  | 'second_section'
  | 'first_line_only'
  | 'other_line'
  | 'other_value'
  | 'not_seen'
  | 'alias'
  | 'key_content_unread'
  | 'fingerprint_case'
  | 'short_code'
  | 'token_padded'
  | 'token_marked'
  | 'key_form'
  | 'percent'
  | 'percent_changed'
  | 'default_twice'
  | 'default_case'
  | 'line_end'

export type IdentityKind =
  | 'session_untold'
  | 'session_with_user'
  | 'session_in_api_key'
  | 'type_unknown'
  | 'principal_untold'
  | 'other_principal'
  | 'delegation'

export type DifferenceKind = RefusalReason | ValueKind | IdentityKind

export interface Difference {
  kind: DifferenceKind
  /** What it concerns: a key of the section, `null` for section or file as a whole. */
  key: string | null
  /** 1-based line in the file, `null` where there is none. */
  line: number | null
  /** Where it concerns several lines: all of them, that one first, or the first of them and how many there are besides. */
  lines?: readonly number[]
  more?: number
  /** A further word for the sentence, by kind: a region, a type, a state of the key. */
  about?: string
  /** In place of the remedy of its kind. */
  fix?: string
}
