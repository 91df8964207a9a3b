/** The fingerprint by which OCI knows an API key. */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'

/** MD5 of the public key in DER (SPKI): 16 lower-case hex pairs with colons. Takes either half of the pair. */
export function keyFingerprint(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  const der = publicKey.export({ type: 'spki', format: 'der' })
  const hex = createHash('md5').update(der).digest('hex')
  return hex.replaceAll(/(..)(?!$)/g, '$1:')
}
