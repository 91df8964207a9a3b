/** The key that a token is issued for: made here, never sent, gone with the token. */
import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

export interface SessionKey {
  privateKey: KeyObject
  /** DER (SPKI) in base64, without lines. */
  publicKey: string
}

const generate = promisify(generateKeyPair)

/** RSA of 2048 bits. It takes a tenth of a second, on another thread. */
export async function generateSessionKey(): Promise<SessionKey> {
  const { privateKey, publicKey } = await generate('rsa', { modulusLength: 2048 })
  const der = publicKey.export({ type: 'spki', format: 'der' })
  return { privateKey, publicKey: der.toString('base64') }
}
