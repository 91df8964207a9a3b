/** Keys that the emulators of one process share, each made off the main thread when first needed. */
import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

export interface KeyPair {
  privateKey: KeyObject
  publicKey: KeyObject
}

/** What a key is for: no key does two things, so that nothing signed for one purpose passes for another. */
type Purpose = 'tokens' | 'root' | 'intermediate' | 'service_accounts' | 'cluster_server'

const shared = new Map<Purpose, Promise<KeyPair>>()

/** One costs a tenth of a second, and what it signs is for play. */
export function processKey(purpose: Purpose): Promise<KeyPair> {
  let key = shared.get(purpose)
  if (key === undefined) shared.set(purpose, (key = makeKeyPair()))
  return key
}

/** RSA, 2048 bits. */
export function makeKeyPair(): Promise<KeyPair> {
  return promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
}
