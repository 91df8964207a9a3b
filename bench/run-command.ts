/** The command line as it is installed: the launcher and the build behind it, in a process of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

export const LAUNCHER = join(ROOT, 'bin/oci-profiles.cjs')
export const BUNDLE = join(ROOT, 'dist/cli.js')

/** Seconds until the process has ended. What it prints goes nowhere; of its environment nothing is about OCI. */
export async function secondsOf(
  args: readonly string[],
  { env = {}, exitCode = 0 }: { env?: Readonly<Record<string, string>>; exitCode?: number } = {},
): Promise<number> {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('OCI_'))
  const start = performance.now()
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...Object.fromEntries(others), ...env },
  })
  const [code] = await once(child, 'exit')
  const took = performance.now() - start
  if (code !== exitCode) throw new Error(`node ${args.join(' ')} ended with exit code ${code}`)
  return took / 1000
}

/** Throws where there is nothing to measure. */
export function requireBuild(): void {
  if (!existsSync(BUNDLE)) throw new Error('there is no build to measure: run "npm run build"')
}
