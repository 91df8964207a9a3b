/** What is wrong with a key, before it is said where the key is from. */
import type { CheckCode } from '../../errors.ts'

export interface KeyVerdict {
  code: CheckCode
  /** Goes after the name of the key: "is empty". */
  what: string
  fix?: string
}
