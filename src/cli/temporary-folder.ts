/** A folder that goes when its user is done, at the latest with the process. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OciProfilesError } from '../errors.ts'

export interface TemporaryFolder extends Disposable {
  readonly path: string
}

/** Only its owner may enter it. */
export function makeTemporaryFolder(prefix: string): TemporaryFolder {
  const path = makeIn(tmpdir(), prefix)
  const remove = () => rmSync(path, { recursive: true, force: true })
  process.once('exit', remove)
  return {
    path,
    [Symbol.dispose]() {
      process.off('exit', remove)
      remove()
    },
  }
}

function makeIn(folder: string, prefix: string): string {
  try {
    return mkdtempSync(join(folder, prefix))
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    const message = `No folder can be made in ${folder}, where temporary files belong: ${reason}`
    const fix = 'Set TMPDIR to a folder that this user may write to.'
    throw new OciProfilesError('SETTING_INVALID', message, { field: 'TMPDIR', fix, cause })
  }
}
