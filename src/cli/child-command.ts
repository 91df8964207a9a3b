/** A command that another program is to be in place of this one: its streams are ours, and its exit code is our exit code. */

export interface ChildCommand {
  /** Looked for in the PATH of `env` unless it has a slash. */
  program: string
  args: readonly string[]
  env: Readonly<Record<string, string>>
}
