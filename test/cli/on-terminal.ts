/** Runs the program on a real terminal (python3 has the means) and shows what stands on its screen in the end. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { MAIN, makeFolder } from './program.ts'

const DRIVER = join(import.meta.dirname, 'terminal.py')
const CTRL_C = '\u0003'

export interface Step {
  /** What has to be on the terminal before anything is typed. */
  text?: string
  /** What has to have come through the pipe. */
  piped?: string
  /** Waits until there is a process of the program, or until it answers Ctrl-C by itself. */
  until?: 'started' | 'ready'
  /** Seconds to wait then. */
  after?: number
  keys?: string
}

export interface OnTerminal {
  env?: Record<string, string>
  columns?: number
  /** Descriptor of the stream that is a pipe instead. */
  pipe?: 1 | 2
  /** Goes into a pipe that the program has as descriptor 3; it never ends. */
  input?: string
  steps?: Step[]
}

export interface Shown {
  /** Everything that was written to the terminal. */
  output: string
  /** What stands there in the end, line by line, without colours; lines that ran off the top included. */
  screen: string[]
  /** Column of the cursor. */
  cursor: number
  piped: string
  /** As a shell has it in `$?`. */
  code: number
  /** Whether the terminal still works as before. */
  cooked: boolean
}

export const canUseTerminal =
  spawnSync('python3', ['-c', 'import pty'], { stdio: 'ignore' }).status === 0

export function ctrlC(step: Omit<Step, 'keys'> = {}): Step {
  return { ...step, keys: CTRL_C }
}

export async function runOnTerminal(
  args: readonly string[],
  { env = {}, columns = 80, ...task }: OnTerminal = {},
): Promise<Shown> {
  const home = makeFolder()
  const child = spawn('python3', [DRIVER], { stdio: ['pipe', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part))
  child.stdin.end(
    JSON.stringify({
      steps: [],
      ...task,
      columns,
      args: [process.execPath, MAIN, ...args],
      cwd: home,
      env: { PATH: process.env['PATH'], HOME: home, TERM: 'xterm-256color', ...env },
    }),
  )
  await closed
  const { output, piped, code, signal, cooked } = JSON.parse(text)
  return { output, ...render(output, columns), piped, code: code ?? 128 + signal, cooked }
}

/** A terminal as plain as can be: it knows line feed, carriage return and colours. Throws for anything else. */
function render(output: string, columns: number): { screen: string[]; cursor: number } {
  const screen = ['']
  let cursor = 0
  // oxlint-disable-next-line no-control-regex
  const plain = output.replaceAll(/\u001b\[[\d;]*m/g, '')
  for (const character of plain) {
    if (character === '\n') screen.push('')
    else if (character === '\r') cursor = 0
    else if (character < ' ') throw new Error(`the terminal was sent ${JSON.stringify(character)}`)
    else {
      if (cursor === columns) {
        screen.push('')
        cursor = 0
      }
      const line = (screen.at(-1) ?? '').padEnd(cursor)
      screen[screen.length - 1] = line.slice(0, cursor) + character + line.slice(cursor + 1)
      cursor += 1
    }
  }
  return { screen: screen.map((line) => line.trimEnd()), cursor }
}
