/** The program `oci-profiles`: arguments, streams, signals, exit code. Everything else happens in `run`. */
import { isatty } from 'node:tty'
import { processEnvironment } from '../settings/index.ts'
import { Interruption, STOP_SIGNALS, type StopSignal } from './interruption.ts'
import type { Output } from './io.ts'
import { renderError } from './render/index.ts'
import { run } from './run.ts'

/** npm passes Ctrl-C on to a program that the terminal has told already: what comes this soon is the same request. */
const SAME_REQUEST_MS = 500

await main()

async function main(): Promise<void> {
  const env = processEnvironment()
  const argv = process.argv.slice(2)
  watchStream(process.stdout)
  watchStream(process.stderr)
  process.on('uncaughtException', (error) => {
    crash(error, argv.includes('--debug'))
  })
  const signal = listenToSignals()
  const exitCode = await run(argv, {
    stdout: outputTo(process.stdout, isatty(1), env),
    stderr: outputTo(process.stderr, isatty(2), env),
    env,
    cwd: process.cwd(),
    signal,
  })
  process.exitCode ||= exitCode
  if (!signal.aborted) return
  // What was dropped may still hold the process; where it holds even the exit, the next Ctrl-C is the system's own.
  for (const name of STOP_SIGNALS) process.removeAllListeners(name)
  process.exit()
}

/** The first signal asks all work to stop; one more, later, does not wait for it. */
function listenToSignals(): AbortSignal {
  const stopping = new AbortController()
  let askedAt = 0
  const ask = (name: StopSignal) => {
    const interruption = new Interruption(name)
    if (!stopping.signal.aborted) {
      askedAt = performance.now()
      stopping.abort(interruption)
    } else if (performance.now() - askedAt > SAME_REQUEST_MS) {
      process.exit(interruption.exitCode)
    }
  }
  for (const name of STOP_SIGNALS) process.on(name, ask)
  return stopping.signal
}

/** Nobody reads any more (`| head`): go on in silence. Any other fault of a stream is told where it can be. */
function watchStream(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || stream === process.stderr) return
    process.stderr.write(`error: the output could not be written: ${error.message}\n`)
    process.exitCode = 1
  })
}

function outputTo(
  stream: NodeJS.WriteStream,
  isTTY: boolean,
  env: Readonly<NodeJS.ProcessEnv>,
): Output {
  return {
    write: (text) => void stream.write(text),
    isTTY,
    hasColors: isTTY && !env['NO_COLOR'] && stream.hasColors(),
    columns: () => (isTTY ? stream.columns || 80 : undefined),
  }
}

function crash(error: Error, debug: boolean): void {
  process.stderr.write(`${renderError(error, debug).join('\n')}\n`)
  process.exit(1)
}
