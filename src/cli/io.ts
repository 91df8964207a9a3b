/** What a run of the command line touches of the outside world; `main.ts` fills it from the process, tests as they like. */

import type { ChildCommand } from './child-command.ts'

export interface Output {
  write(text: string): void
  isTTY: boolean
  /** Whether escape sequences for colours may be written. */
  hasColors: boolean
  /** Width of the terminal now; `undefined` where there is none. */
  columns(): number | undefined
}

export interface Io {
  stdout: Output
  stderr: Output
  /** Whether a line on stderr may be wiped and written again: on a terminal that can do that and is ours alone. */
  canRewriteLine: boolean
  /** Whether somebody sits there to type: input and output are the terminal. */
  isInteractive: boolean
  env: Readonly<NodeJS.ProcessEnv>
  cwd: string
  /** Aborted with an `Interruption` when the user or the system asks the program to stop. */
  signal: AbortSignal
  /** Aborted with an `Interruption` when nobody reads stdout any more (`| head`). */
  readerGone: AbortSignal
  /** Runs a command with the streams of this process; resolves to its exit code. */
  runChild(command: ChildCommand): Promise<number>
}
