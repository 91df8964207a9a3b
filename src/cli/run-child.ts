/** Runs a command with the streams of this process. Signals, and what becomes of them, are the command's business. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { constants } from 'node:os'
import { isatty } from 'node:tty'
import { OciProfilesError } from '../errors.ts'
import type { ChildCommand } from './child-command.ts'
import { shellWord } from '../schemas/index.ts'

/** Signals that may be sent to a program by its process id; the others end it or stop it in any case. */
const PASSED_ON = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const
/** Those of them that a terminal sends to all that run in its foreground. */
const TYPED: readonly string[] = ['SIGINT', 'SIGQUIT']

/**
 * Resolves to the exit code, 128 + n for a command that signal n killed. Rejects with COMMAND_NOT_FOUND or
 * COMMAND_NOT_EXECUTABLE.
 */
export function runChild(command: ChildCommand): Promise<number> {
  return new Promise((resolve, reject) => {
    // Before the command is there: a signal in between would end this process alone.
    takeOverSignals((signal) => passOn(child, signal))
    const child = start(command)
    child.on('error', (error) => reject(startFault(command, error)))
    child.on('exit', (code, signal) => resolve(exitCode(code, signal)))
  })
}

/** For good: this process has nothing to do any more but to end as the command does. */
function takeOverSignals(listener: (signal: NodeJS.Signals) => void): void {
  for (const name of PASSED_ON) {
    if (!(name in constants.signals)) continue
    const others = process.listeners(name)
    // In this order, or the signal would be nobody's for a moment.
    process.on(name, listener)
    for (const other of others) process.off(name, other)
  }
}

function start({ program, args, env }: ChildCommand): ChildProcess {
  // What Node itself refuses to look for.
  const file = program === '' ? ' ' : program
  return spawn(file, args, { stdio: 'inherit', env: { ...env }, shell: false })
}

function exitCode(code: number | null, signal: NodeJS.Signals | null): number {
  return signal === null ? (code ?? 0) : 128 + constants.signals[signal]
}

function passOn(child: ChildProcess, signal: NodeJS.Signals): void {
  // Keys typed at a terminal have reached the command already: passing them on would send them twice.
  if (TYPED.includes(signal) && isInForeground()) return
  child.kill(signal)
}

/** Whether what is typed at the terminal reaches this process, and with it the command. */
function isInForeground(): boolean {
  const fields = processFacts()
  if (fields === null) return [0, 1, 2].some((stream) => isatty(stream))
  const [, , processGroup, , , foregroundGroup] = fields
  return processGroup === foregroundGroup
}

/** The fields of /proc/self/stat that follow the name, `null` where there is no such file. */
function processFacts(): string[] | null {
  try {
    const text = readFileSync('/proc/self/stat', 'utf8')
    // The name may hold anything, brackets and blanks too.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

function startFault({ program }: ChildCommand, cause: Error): Error {
  const code = 'code' in cause ? cause.code : undefined
  const name = shellWord(program)
  const isPath = program.includes('/')
  if (code === 'ENOENT' && !(isPath && existsSync(program))) {
    const fix = isPath
      ? 'Correct the path.'
      : 'Correct the name, or install the command; it is looked for in the folders of PATH.'
    return new OciProfilesError('COMMAND_NOT_FOUND', `There is no command ${name}`, { fix, cause })
  }
  const { reason, fix } = (isPath ? refusalOf(program, code) : null) ??
    REFUSALS.get(String(code)) ?? { reason: cause.message, fix: undefined }
  const message = `${name} cannot be run: ${reason}`
  return new OciProfilesError('COMMAND_NOT_EXECUTABLE', message, { fix, cause })
}

interface Refusal {
  reason: string
  fix: string
}

/** What the file itself shows, where that says more than the system's code. */
function refusalOf(path: string, code: unknown): Refusal | null {
  try {
    if (code === 'EACCES' && statSync(path).isDirectory()) {
      return { reason: 'it is a folder', fix: 'Name a program.' }
    }
    if (code !== 'ENOENT') return null
    const [line = ''] = readFileSync(path, 'latin1').slice(0, 256).split('\n', 1)
    if (!line.startsWith('#!') || !line.endsWith('\r')) return null
    const reason = 'its lines end with CR LF, so that the CR belongs to the name of its interpreter'
    const name = shellWord(path)
    return { reason, fix: `Take them away: sed -i.bak 's/\\r$//' ${name}` }
  } catch {
    return null
  }
}

const REFUSALS: ReadonlyMap<string, Refusal> = new Map([
  [
    'EACCES',
    {
      reason: 'this user may not execute it',
      fix: 'Name a program, not a folder; make a script executable with chmod +x.',
    },
  ],
  [
    'ENOENT',
    {
      reason: 'the interpreter that its first line names is not there',
      fix: 'Correct the first line of the script, or install the interpreter.',
    },
  ],
  [
    'E2BIG',
    {
      reason: 'its arguments and the environment are too large together',
      fix: 'Give fewer arguments, or a file that holds them.',
    },
  ],
  [
    'EINVAL',
    {
      reason: 'Windows runs it through a shell only',
      fix: 'Name the shell: -- cmd /c COMMAND.',
    },
  ],
])
