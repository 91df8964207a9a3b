/** Public keys as clients send them for a token: PEM, or its base64 without the lines around. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { fromArmour } from './certificates/index.ts'

const MIN_BITS = 2048

/** `null` for everything that is not the public half of an RSA key of 2048 bits or more. */
export function parsePublicKeyText(text: unknown): KeyObject | null {
  const bytes = fromArmour('PUBLIC KEY', text)
  if (bytes === null) return null
  try {
    const key = createPublicKey({ key: bytes, type: 'spki', format: 'der' })
    if (!key.export({ type: 'spki', format: 'der' }).equals(bytes)) return null
    const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {}
    return key.asymmetricKeyType === 'rsa' && modulusLength >= MIN_BITS ? key : null
  } catch {
    return null
  }
}
