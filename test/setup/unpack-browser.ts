/**
 * Unpacks the browser before tests that run side by side would do it all at once, each into the other's file. In a
 * process of its own, because the package's way of being told where to goes by the environment, which tests inherit.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { browserPath, hasBrowser } from '../console/browser.ts'

export function setup(): void {
  if (!hasBrowser) return
  const program = join(import.meta.dirname, 'unpack-browser.ts')
  const { status, stderr } = spawnSync(process.execPath, [program], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the browser was not unpacked:\n${stderr}`)
}

if (import.meta.main) await browserPath()
