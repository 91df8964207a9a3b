/** One run of the command line, without a process: reads the arguments, runs the command, prints what it answers. */
import type { Answer, Command } from './command.ts'
import { readCommandLine, type CommandLine } from './command-line.ts'
import { EXIT, exitCodeOf } from './exit-codes.ts'
import { Interruption, rejectWhenInterrupted } from './interruption.ts'
import type { Io } from './io.ts'
import { createDebugLog } from './log-lines.ts'
import { renderError, styleFor } from './render/index.ts'
import { SILENT_LOGGER } from '../schemas/index.ts'

/** Resolves to the exit code; rejects with nothing. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    const asked = readCommandLine(argv, io.stdout.columns())
    if (asked.kind === 'command') return await runCommand(asked, io)
    io.stderr.write(asked.notes)
    io.stdout.write(asked.output)
    return asked.exitCode
  } catch (error) {
    return report(error, argv.includes('--debug'), io)
  }
}

async function runCommand(
  { entry, names, flags }: Extract<CommandLine, { kind: 'command' }>,
  io: Io,
): Promise<number> {
  const logger = flags.debug ? createDebugLog(io.stderr) : SILENT_LOGGER
  const style = styleFor(io.stdout, flags.color)
  try {
    const command: Command = await entry.load()
    const work = command({ names, flags, io, logger, style })
    // A service ends by a signal in its own good order; anything else is dropped.
    const answer = await (entry.isService ? work : rejectWhenInterrupted(io.signal, work))
    return await print(answer, io)
  } catch (error) {
    if (error instanceof Interruption) return entry.isService ? EXIT.done : error.exitCode
    return report(error, flags.debug === true, io)
  }
}

async function print(first: Answer, io: Io): Promise<number> {
  for (let answer = first; ; answer = await answer.next()) {
    for (const note of answer.notes ?? []) io.stderr.write(`${note}\n`)
    if (answer.output) io.stdout.write(answer.output)
    if (!answer.next) return answer.exitCode ?? EXIT.done
  }
}

function report(error: unknown, debug: boolean, io: Io): number {
  for (const line of renderError(error, debug)) io.stderr.write(`${line}\n`)
  return exitCodeOf(error)
}
