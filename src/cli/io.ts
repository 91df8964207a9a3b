/** What a run of the command line touches of the outside world; `main.ts` fills it from the process, tests as they like. */

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
  env: Readonly<NodeJS.ProcessEnv>
  cwd: string
  /** Aborted with an `Interruption` when the user or the system asks the program to stop. */
  signal: AbortSignal
}
