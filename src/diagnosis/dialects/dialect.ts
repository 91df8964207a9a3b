/** How another tool reads the section of a profile, as API and command line show it. */
import type { Tool } from './tools.ts'

export interface Dialect {
  tool: Tool
  /** `refuses`: it reads nothing of the section. */
  reads: 'alike' | 'differs' | 'refuses'
  differences: DialectDifference[]
}

export interface DialectDifference {
  /** Wire name of the profile field, `null` where it concerns something else. */
  field: string | null
  /** 1-based line in the config file, where there is one. */
  line: number | null
  /** What the tool does, without its name, one line. */
  message: string
}
