/** Node processes of their own for what is measured: nothing is warm, and servers don't share a loop with their load. */
import { execFile, fork, type ChildProcess, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface Program {
  /** Name of a file in programs/. */
  file: string
  args?: readonly string[]
  /** Options of Node itself; only for programs that run to their end. */
  flags?: readonly string[]
  /** File that takes what a program that serves writes to stderr; it goes where ours goes by default. */
  log?: string
  /** Completes the environment of this process, of which everything about OCI is left out. */
  env?: Readonly<Record<string, string>>
}

const OTHERS = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('OCI_')),
)

/** Runs a program to its end; answers what it printed, as JSON. */
export async function runNode<T>({ file, args = [], flags = [], env = {} }: Program): Promise<T> {
  const path = join(import.meta.dirname, 'programs', file)
  const options = { env: { ...OTHERS, ...env } }
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, path, ...args], options)
  return JSON.parse(stdout)
}

export interface Served<T> extends AsyncDisposable {
  /** The first message of the program. */
  ready: T
  tell(message: string): void
}

/** Starts a program that serves until it is told to stop. */
export async function serveNode<T>(program: Program): Promise<Served<T>> {
  const { file, args = [], env = {}, log } = program
  const path = join(import.meta.dirname, 'programs', file)
  const stderr = log === undefined ? 'inherit' : openSync(log, 'a')
  const stdio: StdioOptions = ['inherit', 'inherit', stderr, 'ipc']
  const child = fork(path, args, { env: { ...OTHERS, ...env }, stdio })
  if (typeof stderr === 'number') closeSync(stderr)
  const ended = once(child, 'exit')
  const first = await Promise.race([once(child, 'message'), ended.then(() => null)])
  if (first === null) {
    const said = log === undefined ? '' : readFileSync(log, 'utf8').slice(-2_000)
    throw new Error(`${file} ended before it was ready: ${said}`)
  }
  const tell = (message: string) => void child.send(message)
  return { ready: first[0], tell, [Symbol.asyncDispose]: () => stop(child, ended) }
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill()
  await ended
}
