/** The file that a field of a profile names, or the fault in the field's own codes. */
import { OciProfilesError, type CheckCode } from '../errors.ts'
import { withoutSecrets } from '../schemas/index.ts'
import { findNoPath } from './no-path.ts'
import { FileFaultError, readSmallFile } from './read-small-file.ts'

export type PathField = 'key_file' | 'security_token_file'

interface FieldWords {
  missing: CheckCode
  unreadable: CheckCode
  /** Where the field holds text in place of a path. */
  fix: string
}

const WORDS: Record<PathField, FieldWords> = {
  key_file: {
    missing: 'KEY_FILE_NOT_FOUND',
    unreadable: 'KEY_FILE_UNREADABLE',
    fix: 'Put the key into a file and give its path as key_file, or give its text as key_content.',
  },
  security_token_file: {
    missing: 'TOKEN_FILE_NOT_FOUND',
    unreadable: 'TOKEN_FILE_UNREADABLE',
    fix: 'Put the token into a file and give its path as security_token_file.',
  },
}

/** Rejects with an `OciProfilesError` of the field. What is no path may be a secret and goes into no message. */
export async function readNamedFile(path: string, field: PathField): Promise<Buffer> {
  try {
    return await readSmallFile(path)
  } catch (error) {
    if (!(error instanceof FileFaultError)) throw error
    const { missing, unreadable, fix } = WORDS[field]
    const noPath = findNoPath(path)
    if (noPath) throw new OciProfilesError(missing, `${field} ${noPath.what}`, { field, fix })
    const code = error.fault === 'missing' ? missing : unreadable
    throw new OciProfilesError(code, `${withoutSecrets(path)} ${error.message}`, { field })
  }
}
