/** The key that session tokens are signed with: one for the process, made off the main thread, when first needed. */
import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

export interface TokenKey {
  privateKey: KeyObject
  publicKey: KeyObject
}

let shared: Promise<TokenKey> | undefined

/** Emulators of one process share it: it costs a tenth of a second, and their tokens are for play. */
export function tokenKey(): Promise<TokenKey> {
  shared ??= promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return shared
}
