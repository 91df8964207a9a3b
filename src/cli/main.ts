/** The program `oci-profiles`: arguments, streams, signals, exit code. Everything else happens in `run`. */
import { fstatSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { isatty } from 'node:tty'
import { processEnvironment } from '../settings/index.ts'
import type { ChildCommand } from './child-command.ts'
import { Interruption, STOP_SIGNALS, type StopSignal } from './interruption.ts'
import type { Io, Output } from './io.ts'
import { renderError } from './render/index.ts'
import { run } from './run.ts'
import { wantsColors, widthOf } from './terminal.ts'

/** npm passes Ctrl-C on to a program that the terminal has told already: what comes this soon is the same request. */
const SAME_REQUEST_MS = 500
/** Node has its own idea of them, and a warning for those who set both. */
const NO_WISHES = { FORCE_COLOR: undefined, NO_COLOR: undefined }
/** What reads an ordinary file is done by then. */
const LONGEST_EXIT_MS = 200
/** Of "^C", which the terminal writes by itself. */
const WIPE_ECHO = '\r  \r'
const STDIN = 0
const STDOUT = 1
const STDERR = 2

await main()

async function main(): Promise<void> {
  const env = processEnvironment()
  const argv = process.argv.slice(2)
  const readerGone = watchStreams()
  process.on('uncaughtException', (error) => {
    crash(error, argv.includes('--debug'))
  })
  const stdout = outputTo(process.stdout, STDOUT, env)
  const stderr = outputTo(process.stderr, STDERR, env)
  const isDumb = env['TERM'] === 'dumb'
  const terminal = isPipe(STDOUT) ? undefined : [stderr, stdout].find(({ isTTY }) => isTTY)
  const signal = listenToSignals(() => terminal?.write(isDumb ? '\n' : WIPE_ECHO))
  const canRewriteLine = terminal === stderr && !isDumb
  const runChild = async (command: ChildCommand): Promise<number> => {
    const child = await import('./run-child.ts')
    signal.throwIfAborted()
    return child.runChild(command)
  }
  const cwd = workingDirectory(stderr)
  const isInteractive = isatty(STDIN) && stdout.isTTY
  const io: Io = {
    ...{ stdout, stderr, canRewriteLine, isInteractive },
    ...{ env, cwd, signal, readerGone, runChild },
  }
  const exitCode = await run(argv, io)
  process.exitCode ||= exitCode
  const { reason } = signal
  if (!signal.aborted && !readerGone.aborted) return
  // What was dropped may still hold the process.
  for (let waited = 0; isExitHeld() && waited < LONGEST_EXIT_MS; waited += 20) await sleep(20)
  leave(reason instanceof Interruption && reason.exitCode === exitCode ? reason : null)
}

/** What is named by a whole path is found without it, too; Node itself does nothing in a folder that is gone. */
function workingDirectory(stderr: Output): string {
  try {
    return process.cwd()
  } catch {
    process.chdir('/')
    stderr.write('The working directory is gone; relative paths count from / now.\n')
    return process.cwd()
  }
}

/** Ends the process, by the signal itself where an exit would have to wait: for shells that is the same exit code. */
function leave(interruption: Interruption | null): never {
  // From here on Ctrl-C is the system's own.
  for (const name of STOP_SIGNALS) process.removeAllListeners(name)
  if (interruption && isExitHeld()) process.kill(process.pid, interruption.signal)
  process.exit(interruption?.exitCode ?? process.exitCode)
}

/** A pipe or a name server that does not answer is waited for outside of the event loop: an exit waits, too. */
function isExitHeld(): boolean {
  return process.getActiveResourcesInfo().some((name) => /^(?:FSReq|Get\w+ReqWrap)/.test(name))
}

/**
 * The first signal asks all work to stop; one more, later, does not wait for it. `leaveEcho` takes the cursor away from
 * "^C": the shell's prompt, or what a service still has to say, would stand behind it.
 */
function listenToSignals(leaveEcho: () => void): AbortSignal {
  const stopping = new AbortController()
  let askedAt = 0
  const ask = (name: StopSignal) => {
    const interruption = new Interruption(name)
    if (name === 'SIGINT') leaveEcho()
    if (!stopping.signal.aborted) {
      askedAt = performance.now()
      stopping.abort(interruption)
    } else if (performance.now() - askedAt > SAME_REQUEST_MS) {
      leave(interruption)
    }
  }
  for (const name of STOP_SIGNALS) process.on(name, ask)
  return stopping.signal
}

/** Aborted when nobody reads stdout any more (`| head`). Any other fault of a stream is told, once, where it can be. */
function watchStreams(): AbortSignal {
  const gone = new AbortController()
  // Each piece of a long output fails by itself.
  let isTold = false
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (stream === process.stderr) return
      if (error.code === 'EPIPE') return gone.abort(new Interruption('SIGPIPE'))
      if (!isTold)
        process.stderr.write(`error: the output could not be written: ${error.message}\n`)
      isTold = true
      process.exitCode = 1
    })
  }
  return gone.signal
}

function outputTo(
  stream: NodeJS.WriteStream,
  descriptor: number,
  env: Readonly<NodeJS.ProcessEnv>,
): Output {
  const isTTY = isatty(descriptor)
  return {
    write: (text) => void stream.write(text),
    isTTY,
    hasColors: wantsColors(env, isTTY && stream.hasColors({ ...env, ...NO_WISHES })),
    columns: () => (isTTY ? widthOf(stream.columns, env) : undefined),
  }
}

/** A program behind a pipe may draw on the same terminal (`| less`, `| tee`). */
function isPipe(descriptor: number): boolean {
  try {
    const facts = fstatSync(descriptor)
    return facts.isFIFO() || facts.isSocket()
  } catch {
    return false
  }
}

function crash(error: Error, debug: boolean): void {
  process.stderr.write(`${renderError(error, debug).join('\n')}\n`)
  process.exit(1)
}
