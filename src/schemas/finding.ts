/** Something that a reader of a profile should know: a fault, a doubt or a hint, with the way to mend it. */

export type Severity = 'error' | 'warning' | 'info'

export interface Finding {
  /** Stable; listed in `errors.ts`. */
  code: string
  severity: Severity
  /** Wire name of the profile field, or `null` where it concerns the whole profile. */
  field: string | null
  /** 1-based line in the config file, where there is one. */
  line: number | null
  /** The fact, one line, never the text of a line of the file. */
  message: string
  /** What to do, one line. */
  fix: string
}
