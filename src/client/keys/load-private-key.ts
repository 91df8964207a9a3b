/** A profile's private key, read and opened. What is in the text is parse-private-key.ts's work. */
import type { KeyObject } from 'node:crypto'
import { OciProfilesError } from '../../errors.ts'
import type { OciProfileConfig } from '../../schemas/index.ts'
import { readNamedFile } from '../read-named-file.ts'
import { FileFaultError, readSmallFile } from '../read-small-file.ts'
import { describeKeyForm, type KeyForm } from './key-form.ts'
import { openOnce } from './opened-keys.ts'
import { parsePrivateKey } from './parse-private-key.ts'

export type KeyFields = Pick<OciProfileConfig, 'key_file' | 'key_content' | 'pass_phrase'>

/**
 * RSA key of 2048 bits or more, proven to sign. `key_file` goes before `key_content`.
 * Rejects with an `OciProfilesError` and its `field`: `FIELD_MISSING`, `KEY_*`, `PASS_PHRASE_*`.
 */
export async function loadPrivateKey(profile: KeyFields): Promise<KeyObject> {
  const { key_file, key_content, pass_phrase } = profile
  if (key_file !== null) {
    const bytes = await readNamedFile(key_file, 'key_file')
    const name = `the key in ${key_file}`
    const origin = { name, path: key_file, field: 'key_file' }
    return openOnce(bytes, pass_phrase, () => parsePrivateKey(bytes, pass_phrase, origin))
  }
  if (key_content !== null) {
    const bytes = Buffer.from(key_content.reveal())
    const name = 'the key in key_content'
    const origin = { name, path: null, field: 'key_content' }
    return openOnce(bytes, pass_phrase, () => parsePrivateKey(bytes, pass_phrase, origin))
  }
  throw new OciProfilesError('FIELD_MISSING', 'key_file and key_content are missing', {
    field: 'key_file',
    fix: 'Add key_file, the path of the private key in PEM.',
  })
}

/** Of the key file, `null` where it holds no key that can be read, or where there is none. */
export async function loadKeyForm({
  key_file,
}: Pick<KeyFields, 'key_file'>): Promise<KeyForm | null> {
  if (key_file === null) return null
  try {
    return describeKeyForm(await readSmallFile(key_file))
  } catch (error) {
    if (error instanceof FileFaultError) return null
    throw error
  }
}
