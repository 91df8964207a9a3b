/** What of a request is signed: the lines of the draft, in the order in which OCI's own SDKs have them. */
import { hash } from 'node:crypto'
import type { HttpRequest } from 'oci-common'
import { collectBody, isStream, type Bytes } from './body.ts'

/** OCI takes either; its auth service is only ever sent `date`. */
export type DateHeader = 'date' | 'x-date'

const EMPTY_DIGEST = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
/** OCI wants these signed when they are there. */
const OPTIONAL_HEADERS = ['opc-obo-token', 'x-cross-tenancy-request', 'x-subscription']

/** Sets content-type, content-length and x-content-sha256. A body that is a stream is read, and its bytes take its place. */
export async function setBodyHeaders(request: HttpRequest): Promise<void> {
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
export function signingString(
  { headers, uri, method }: HttpRequest,
  isBodySigned: boolean,
  dateHeader: DateHeader,
): { names: string; text: string } {
  const url = new URL(uri)
  const date = headers.get(dateHeader) ?? new Date().toUTCString()
  headers.set(dateHeader, date)
  headers.set('host', url.host)
  let names = `${dateHeader} (request-target) host`
  let text = `${dateHeader}: ${date}\n(request-target): ${method.toLowerCase()} ${url.pathname}${url.search}\nhost: ${url.host}`
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
