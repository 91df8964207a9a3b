/** Real shells, those that this machine has. */
import { execFileSync, spawnSync } from 'node:child_process'

/** Whether a program of that name can be run here. */
export function isHere(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined
}

/** What the script prints. It gets nothing of this process's environment but PATH and what is given. */
export function runScript(
  shell: string,
  script: string,
  { args = [], env = {} }: { args?: readonly string[]; env?: Record<string, string> } = {},
): string {
  const command = COMMANDS[shell]?.(script) ?? ['-c', script, shell]
  return execFileSync(shell, [...command, ...args], {
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** For those whose first argument is no name. */
const COMMANDS: Readonly<Record<string, (script: string) => string[]>> = {
  fish: (script) => ['--no-config', '-c', script],
  pwsh: (script) => ['-NoProfile', '-NonInteractive', '-Command', script],
}
