/** A call to OCI's auth service: JSON, signed with the date header that the service is sent by all of Oracle's SDKs. */
import type { HttpRequest } from 'oci-common'
import { authorize, setBodyHeaders, type Credentials } from './signing/index.ts'

/** The parts of it that are sent. */
export interface AuthRequest {
  url: URL
  headers: Headers
  body: string
}

export async function authRequest(
  uri: string,
  content: object,
  credentials: Credentials,
): Promise<AuthRequest> {
  const body = JSON.stringify(content)
  const headers = new Headers({ accept: 'application/json' })
  const request: HttpRequest = { method: 'POST', uri, headers, body }
  await setBodyHeaders(request)
  authorize(request, credentials, { isBodySigned: true, dateHeader: 'date' })
  return { url: new URL(uri), headers, body }
}
