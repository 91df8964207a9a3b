/** Runs the command line: as a process of its own, or inside the test with streams that the test looks into. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Io, Output } from '../../src/cli/io.ts'
import { run } from '../../src/cli/run.ts'

export const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')

export interface Place {
  env?: Record<string, string | undefined>
  cwd?: string
  nodeArgs?: readonly string[]
}

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface Program {
  child: ChildProcess
  stdout: () => string
  stderr: () => string
  /** Resolves to what stdout and stderr hold once one of them matches; rejects when the program ends before. */
  printed: (pattern: RegExp) => Promise<RegExpMatchArray>
  ended: Promise<Ended>
}

/** A folder that goes with the test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cli-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Starts the program in an environment without anything of this machine's user. It is killed when the test is over. */
export function startProgram(args: readonly string[], place: Place = {}): Program {
  const home = place.env?.['HOME'] ?? makeFolder()
  const child = spawn(process.execPath, [...(place.nodeArgs ?? []), MAIN, ...args], {
    cwd: place.cwd ?? home,
    env: {
      PATH: process.env['PATH'],
      NODE_OPTIONS: process.env['NODE_OPTIONS'],
      HOME: home,
      ...place.env,
    },
    // A stdin that never ends: a program that reads it would hang.
    stdio: 'pipe',
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const text = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (part: string) => (text[name] += part))
  }
  const ended = once(child, 'close').then(([code]): Ended => ({ code, ...text }))

  const printed = (pattern: RegExp) => {
    return new Promise<RegExpMatchArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(text.stdout) ?? pattern.exec(text.stderr)
        if (match) resolve(match)
      }
      look()
      child.stdout.on('data', look)
      child.stderr.on('data', look)
      void ended.then(({ stderr }) => {
        reject(new Error(`ended without printing ${pattern.source}: ${stderr}`))
      })
    })
  }
  return { child, stdout: () => text.stdout, stderr: () => text.stderr, printed, ended }
}

export function runProgram(args: readonly string[], place?: Place): Promise<Ended> {
  return startProgram(args, place).ended
}

export interface Terminal {
  env?: Record<string, string>
  /** Columns of the terminal that both streams are; no terminal by default. */
  columns?: number
  hasColors?: boolean
  signal?: AbortSignal
  cwd?: string
  /** What `exec` starts; without it nothing may be started. */
  runChild?: Io['runChild']
}

/** Runs it without a process of its own. */
export async function runHere(
  args: readonly string[],
  { env = {}, columns, hasColors = false, signal, cwd, runChild }: Terminal = {},
): Promise<Ended & { code: number }> {
  const text = { stdout: '', stderr: '' }
  const outputTo = (name: 'stdout' | 'stderr'): Output => ({
    write: (part) => void (text[name] += part),
    isTTY: columns !== undefined,
    hasColors,
    columns: () => columns,
  })
  const io: Io = {
    stdout: outputTo('stdout'),
    stderr: outputTo('stderr'),
    canRewriteLine: columns !== undefined,
    isInteractive: false,
    env: { HOME: '/nonexistent', ...env },
    cwd: cwd ?? tmpdir(),
    signal: signal ?? new AbortController().signal,
    readerGone: new AbortController().signal,
    runChild: runChild ?? (() => Promise.reject(new Error('no process in this test'))),
  }
  const code = await run(args, io)
  return { code, ...text }
}
