/** Node processes of their own for what is measured: nothing is warm, and servers don't share a loop with their load. */
import { execFile, fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface Program {
  /** Name of a file in programs/. */
  file: string
  args?: readonly string[]
  /** Options of Node itself; only for programs that run to their end. */
  flags?: readonly string[]
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
}

/** Starts a program that serves until it is told to stop. */
export async function serveNode<T>({ file, args = [], env = {} }: Program): Promise<Served<T>> {
  const path = join(import.meta.dirname, 'programs', file)
  const child = fork(path, args, { env: { ...OTHERS, ...env } })
  const ended = once(child, 'exit')
  const first = await Promise.race([once(child, 'message'), ended.then(() => null)])
  if (first === null) throw new Error(`${file} ended before it was ready`)
  return { ready: first[0], [Symbol.asyncDispose]: () => stop(child, ended) }
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill()
  await ended
}
