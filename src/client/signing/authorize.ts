/** Credentials and the lines to sign → the header that OCI reads them from. */
import { sign } from 'node:crypto'
import type { HttpRequest } from 'oci-common'
import type { Credentials } from './credentials.ts'
import { signingString, type DateHeader } from './signing-string.ts'

/** Sets date, host and `authorization`. Headers of a signed body must be there. */
export function authorize(
  request: HttpRequest,
  { keyId, key }: Credentials,
  { isBodySigned, dateHeader }: { isBodySigned: boolean; dateHeader: DateHeader },
): void {
  const { names, text } = signingString(request, isBodySigned, dateHeader)
  const signature = sign('RSA-SHA256', Buffer.from(text), key).toString('base64')
  request.headers.set(
    'authorization',
    `Signature version="1",keyId="${keyId}",algorithm="rsa-sha256",headers="${names}",signature="${signature}"`,
  )
}
