/**
 * The SDK's `RequestSigner` on node:crypto: draft-cavage HTTP signatures, version 1, rsa-sha256, as OCI takes them.
 * Where the key comes from, and whether it still holds, is the credential source's work.
 */
import { hash, sign } from 'node:crypto'
import type { HttpRequest, RequestSigner } from 'oci-common'
import { collectBody, isStream, type Bytes } from './body.ts'
import type { CredentialSource } from './credentials.ts'

/** The SDK's interface, with the promise that it really returns. */
export interface OciRequestSigner extends RequestSigner {
  /**
   * Sets date, host, body headers and `authorization` on `request.headers`. A body that is a stream is read, and its bytes
   * take its place in `request.body`, unless `excludeBody` leaves the body out of the signature.
   */
  signHttpRequest(request: HttpRequest, excludeBody?: boolean): Promise<void>
}

const EMPTY_DIGEST = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH'])
/** OCI wants these signed when they are there. */
const OPTIONAL_HEADERS = ['opc-obo-token', 'x-cross-tenancy-request', 'x-subscription']

export class NativeSigner implements OciRequestSigner {
  readonly #credentials: CredentialSource

  constructor(credentials: CredentialSource) {
    this.#credentials = credentials
  }

  /** Looks at the files of the key again. Rejects when the next signature would. */
  async refresh(): Promise<void> {
    await this.#credentials.refresh()
  }

  async signHttpRequest(request: HttpRequest, excludeBody = false): Promise<void> {
    const method = request.method.toUpperCase()
    const isBodySigned = !excludeBody && METHODS_WITH_BODY.has(method)
    if (isBodySigned) await setBodyHeaders(request)
    const { keyId, key } = await this.#credentials.current()
    const { names, text } = signingString(request, method, isBodySigned)
    const signature = sign('RSA-SHA256', Buffer.from(text), key).toString('base64')
    request.headers.set(
      'authorization',
      `Signature version="1",keyId="${keyId}",algorithm="rsa-sha256",headers="${names}",signature="${signature}"`,
    )
  }
}

async function setBodyHeaders(request: HttpRequest): Promise<void> {
  const { headers } = request
  const body = await collectBody(request.body)
  if (isStream(request.body)) request.body = body
  if (!headers.has('content-type')) headers.set('content-type', 'application/json')
  headers.set('content-length', String(byteLength(body)))
  headers.set('x-content-sha256', body.length === 0 ? EMPTY_DIGEST : hash('sha256', body, 'base64'))
}

function byteLength(body: Bytes): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength
}

/** The lines to sign and the names in their order. A date that is set already stays: the SDK renews it for each retry. */
function signingString(
  { headers, uri }: HttpRequest,
  method: string,
  isBodySigned: boolean,
): { names: string; text: string } {
  const url = new URL(uri)
  const date = headers.get('x-date') ?? new Date().toUTCString()
  headers.set('x-date', date)
  headers.set('host', url.host)
  let names = 'x-date (request-target) host'
  let text = `x-date: ${date}\n(request-target): ${method.toLowerCase()} ${url.pathname}${url.search}\nhost: ${url.host}`
  const add = (name: string, value: string | null): void => {
    if (value === null) return
    names += ` ${name}`
    text += `\n${name}: ${value}`
  }
  for (const name of OPTIONAL_HEADERS) add(name, headers.get(name))
  if (isBodySigned) {
    for (const name of ['content-type', 'content-length', 'x-content-sha256'])
      add(name, headers.get(name))
  }
  return { names, text }
}
