/** Puts a new session token where the old one is: whole or not at all, readable by its owner alone. */
import { randomBytes } from 'node:crypto'
import { open, realpath, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { OciProfilesError } from '../errors.ts'

const FIELD = 'security_token_file'
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/**
 * Behind a symbolic link the file that it leads to is replaced, and the link stays. No line feed at the end: some of
 * Oracle's SDKs send it along. Rejects with `TOKEN_FILE_NOT_WRITTEN`; the old token is there then.
 */
export async function replaceTokenFile(path: string, token: string): Promise<void> {
  let folder = dirname(path)
  try {
    const target = await realpath(path)
    folder = dirname(target)
    const draft = `${target}.${randomBytes(6).toString('hex')}.new`
    try {
      await writeWhole(draft, token)
      await rename(draft, target)
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
  } catch (error) {
    throw notWritten(path, folder, error)
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

function notWritten(path: string, folder: string, error: unknown): OciProfilesError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown fault'
  const message = `the new token could not be written to ${path} (${code}); the one before is still there`
  const fix = FULL.has(code)
    ? `Make room on the disk of ${folder}, then refresh again.`
    : `Let this user write in ${folder}: the new file is made there before it takes the place of the old one.`
  return new OciProfilesError('TOKEN_FILE_NOT_WRITTEN', message, { field: FIELD, fix })
}
