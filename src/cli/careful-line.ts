/** Lines that need help, or words for what is wrong with them; loaded for those alone. */
import { readCommandLine, type CommandLine } from './command-line.ts'
import type { Io } from './io.ts'
import { unknownCommand } from './unknown-command.ts'

/** Rejects with USAGE and a hint at what was probably meant. */
export async function readCarefully(
  argv: readonly string[],
  io: Io,
): Promise<Exclude<CommandLine, { kind: 'unknown' }>> {
  const asked = readCommandLine(argv, io.stdout.columns())
  if (asked.kind !== 'unknown') return asked
  throw await unknownCommand(asked, io)
}
