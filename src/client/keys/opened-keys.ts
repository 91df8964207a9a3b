/**
 * Keys that are in use anywhere in the process, by a digest of their text and pass phrase. Opening one and proving it
 * costs more than a signature: a check, its signer and every further client of the profile share one.
 */
import { createHash, createHmac, randomBytes, type KeyObject } from 'node:crypto'
import type { Secret } from '../../secret.ts'

/** Digests are worth nothing outside of this process. */
const salt = randomBytes(32)
const opened = new Map<string, WeakRef<KeyObject>>()
const forget = new FinalizationRegistry<string>((digest) => {
  if (opened.get(digest)?.deref() === undefined) opened.delete(digest)
})

/** The key of that text, opened by `open` unless it is open already. Faults are not remembered. */
export function openOnce(
  bytes: Buffer,
  passPhrase: Secret | null,
  open: () => KeyObject,
): KeyObject {
  const digest = digestOf(bytes, passPhrase)
  const known = opened.get(digest)?.deref()
  if (known) return known
  const key = open()
  opened.set(digest, new WeakRef(key))
  forget.register(key, digest)
  return key
}

function digestOf(bytes: Buffer, passPhrase: Secret | null): string {
  const text = createHash('sha256').update(bytes).digest()
  const phrase = passPhrase === null ? '' : `+${passPhrase.reveal()}`
  return createHmac('sha256', salt).update(text).update(phrase).digest('base64')
}
