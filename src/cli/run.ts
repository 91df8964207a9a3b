/** One run of the command line, without a process: reads the arguments, runs the command, prints what it answers. */
import type { ChildCommand } from './child-command.ts'
import type { Answer, Command } from './command.ts'
import type { CommandLine } from './command-line.ts'
import { COMPLETE_WORD } from './complete-word.ts'
import { EXIT, exitCodeOf } from './exit-codes.ts'
import { Interruption, rejectWhenInterrupted } from './interruption.ts'
import type { Io } from './io.ts'
import { createDebugLog } from './log-lines.ts'
import { readQuickLine } from './quick-line.ts'
import { renderError, styleFor } from './render/index.ts'
import { SILENT_LOGGER } from '../schemas/index.ts'

/** Resolves to the exit code; rejects with nothing. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  if (argv[0] === COMPLETE_WORD) return completeLine(argv.slice(1), io)
  try {
    const asked = await readLine(argv, io)
    if (asked.kind === 'command') return await runCommand(asked, io)
    io.stderr.write(asked.notes)
    io.stdout.write(asked.output)
    return asked.exitCode
  } catch (error) {
    return report(error, argv.includes('--debug'), io)
  }
}

async function readLine(argv: readonly string[], io: Io) {
  const quick = readQuickLine(argv)
  if (quick !== null) return quick
  const { readCarefully } = await import('./careful-line.ts')
  return readCarefully(argv, io)
}

/** Asked by a completion script; what it needs is loaded for it alone. */
async function completeLine(argv: readonly string[], io: Io): Promise<number> {
  const { complete } = await import('./completion/index.ts')
  return complete(argv, io)
}

async function runCommand(
  { entry, names, rest, flags }: Extract<CommandLine, { kind: 'command' }>,
  io: Io,
): Promise<number> {
  const logger = flags.debug ? createDebugLog(io.stderr) : SILENT_LOGGER
  const style = styleFor(io.stdout, flags.color)
  // A service ends by a signal in its own good order, and goes on when nobody reads what it prints.
  const signal = entry.isService ? io.signal : AbortSignal.any([io.signal, io.readerGone])
  // The log of --debug goes to the same lines.
  const canRewriteLine = io.canRewriteLine && !flags.debug
  try {
    const command: Command = await entry.load()
    const work = command({
      names,
      rest,
      flags,
      io: { ...io, signal, canRewriteLine },
      logger,
      style,
    })
    const wait = <T>(step: Promise<T>) => {
      return entry.isService ? step : rejectWhenInterrupted(signal, step)
    }
    return await print(work, io, wait)
  } catch (error) {
    if (error instanceof Interruption) return entry.isService ? EXIT.done : error.exitCode
    return report(error, flags.debug === true, io)
  }
}

async function print(
  first: Promise<Answer>,
  io: Io,
  wait: <T>(step: Promise<T>) => Promise<T>,
): Promise<number> {
  for (let answer = await wait(first); ; answer = await wait(answer.next())) {
    for (const note of answer.notes ?? []) io.stderr.write(`${note}\n`)
    if (answer.output) io.stdout.write(answer.output)
    if (answer.child) return runBeside(answer.child, answer.beside, io)
    if (!answer.next) return answer.exitCode ?? EXIT.done
  }
}

async function runBeside(child: ChildCommand, beside: Answer['beside'], io: Io): Promise<number> {
  const ended = new AbortController()
  void beside?.(ended.signal)
  try {
    return await io.runChild(child)
  } finally {
    ended.abort()
  }
}

function report(error: unknown, debug: boolean, io: Io): number {
  for (const line of renderError(error, debug)) io.stderr.write(`${line}\n`)
  return exitCodeOf(error)
}
