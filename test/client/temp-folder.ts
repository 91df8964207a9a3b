/** Folders for the files of one test file, gone when it is through. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const made: string[] = []
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'oci-client-'))
  made.push(folder)
  return folder
}

/** Writes files into a folder of its own and tells their paths. */
export function tempFolder(): (name: string, content: string | Buffer) => string {
  const folder = makeFolder()
  return (name, content) => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
}
