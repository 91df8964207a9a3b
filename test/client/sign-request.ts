/** Has a signer sign a GET, and tells what a service would see. */
import type { KeyObject } from 'node:crypto'
import type { OciRequestSigner } from '../../src/client/index.ts'
import { verifySignature, type SeenSignature } from './verify-signature.ts'

const uri = 'https://objectstorage.eu-frankfurt-1.oraclecloud.com/n'

/** `key` may be found by the keyId of the request, as a service does it. */
export async function signRequest(
  signer: OciRequestSigner,
  key: KeyObject | ((keyId: string) => KeyObject),
): Promise<SeenSignature> {
  const headers = new Headers()
  await signer.signHttpRequest({ method: 'GET', uri, headers })
  const keyId = /keyId="([^"]*)"/.exec(headers.get('authorization') ?? '')?.[1] ?? ''
  const seen = {
    method: 'GET',
    target: '/n',
    headers: Object.fromEntries(headers),
    body: Buffer.alloc(0),
  }
  return verifySignature(seen, typeof key === 'function' ? key(keyId) : key)
}
