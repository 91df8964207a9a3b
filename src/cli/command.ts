/** What a command is: a function from what was asked to what is to be printed. Commands print nothing themselves. */
import type { Logger } from '../schemas/index.ts'
import type { ChildCommand } from './child-command.ts'
import type { Flags } from './flags.ts'
import type { Io } from './io.ts'
import type { Style } from './render/index.ts'

export interface Request {
  /** Names of profiles, as typed. */
  names: readonly string[]
  /** What follows `--`, for a command that takes it. */
  rest: readonly string[]
  flags: Flags
  io: Io
  /** For `--debug`; silent without. */
  logger: Logger
  /** How tables on stdout may look. */
  style: Style
}

export interface Answer {
  /** Data: goes to stdout. Ends with a line feed, unless it is empty. */
  output?: string
  /** Everything else, line by line: goes to stderr, before the data. */
  notes?: readonly string[]
  /** 0 by default. */
  exitCode?: number
  /** What follows once this has been printed: a service that runs until it is stopped. */
  next?: () => Promise<Answer>
  /** What is to run in place of this program once this has been printed; its exit code is the one that counts. */
  child?: ChildCommand
  /** Goes on beside that, until its signal is aborted. Rejects with nothing. */
  beside?: (ended: AbortSignal) => Promise<void>
}

export type Command = (request: Request) => Promise<Answer>
