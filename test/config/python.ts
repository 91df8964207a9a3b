/** Python's configparser as the oracle: its answers, and a process that gives them. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type Items = [key: string, value: string][]

export interface PythonAnswer {
  accepted: boolean
  /** Name of the exception, for a file that is refused. */
  reason?: string
  line?: number | null
  /** DEFAULT first; for a refused file those that are left when its faults are mended. */
  sections: [name: string, own: Items, all: Items][]
}

const MAKE_ANSWERS = '../fixtures/config/make-answers.py'

export function hasPython(): boolean {
  return spawnSync('python3', ['-c', 'import configparser'], { stdio: 'ignore' }).status === 0
}

/** Asks a script that answers each line of its input by one line of JSON. */
export class Python<Answer = PythonAnswer> {
  readonly #process: ChildProcess
  readonly #lines: Interface

  /** `script` is relative to this folder. */
  constructor(script = MAKE_ANSWERS) {
    const path = fileURLToPath(new URL(script, import.meta.url))
    this.#process = spawn('python3', [path, '--serve'], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#lines = createInterface({ input: this.#process.stdout! })
  }

  async ask(file: Buffer): Promise<Answer> {
    const line = once(this.#lines, 'line')
    this.#process.stdin!.write(`${file.toString('base64')}\n`)
    return JSON.parse((await line)[0] as string) as Answer
  }

  async end(): Promise<void> {
    const exit = once(this.#process, 'exit')
    this.#process.stdin!.end()
    await exit
  }
}
