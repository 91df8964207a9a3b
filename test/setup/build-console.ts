/** Builds the console before its tests, unless the build is newer than every source. The service runs from its sources. */
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildConsole } from '../../scripts/build-console.ts'
import { newest } from './newest.ts'

const root = join(import.meta.dirname, '../..')

export async function setup(): Promise<void> {
  const sources = ['console', 'scripts/build-console.ts']
  if (newest('dist/console') > Math.max(...sources.map(newest))) return
  mkdirSync(join(root, '.cache'), { recursive: true })
  mkdirSync(join(root, 'dist'), { recursive: true })
  const work = mkdtempSync(join(root, '.cache/console-'))
  try {
    await buildConsole(join(work, 'new'))
    rmSync(join(root, 'dist/console'), { recursive: true, force: true })
    renameSync(join(work, 'new'), join(root, 'dist/console'))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
