/** Child processes that tests start, and that end with the test at the latest. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export interface Child {
  /** Resolves with the lines of standard output when the process has ended, however it ended. */
  ended: Promise<{ lines: string[]; errors: string; code: number | null }>
  /** Resolves with what was printed when it has so many lines, or the process has ended. */
  printed(count: number): Promise<string>
  kill(signal?: NodeJS.Signals): void
}

/** Path of a program in `children/`. */
export function childPath(name: string): string {
  return fileURLToPath(new URL(`children/${name}`, import.meta.url))
}

export function startNode(name: string, ...args: string[]): Child {
  return start(process.execPath, [childPath(`${name}.ts`), ...args])
}

export function start(
  command: string,
  args: string[],
  options: { env?: Record<string, string | undefined>; cwd?: string } = {},
): Child {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const waiting: { count: number; resolve: (output: string) => void }[] = []
  let output = ''
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    const count = output.split('\n').length - 1
    for (const each of waiting) if (count >= each.count) each.resolve(output)
  })
  const ended = new Promise<Awaited<Child['ended']>>((resolve) => {
    child.on('close', (code) => {
      const lines = output.split('\n').slice(0, -1)
      for (const each of waiting) each.resolve(output)
      resolve({ lines, errors, code })
    })
  })
  return {
    ended,
    printed: (count) => new Promise((resolve) => waiting.push({ count, resolve })),
    kill: (signal = 'SIGKILL') => void child.kill(signal),
  }
}
