/** Bodies of requests in all the forms that Oracle's SDK and its users pass. */

export type Bytes = string | Uint8Array

/** Something that can be read once only. */
export function isStream(body: unknown): body is AsyncIterable<unknown> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

/** The whole body; text stays text, and means UTF-8. Throws a `TypeError` for what is no body. */
export async function collectBody(body: unknown): Promise<Bytes> {
  if (body === undefined || body === null) return ''
  if (typeof body === 'string') return body
  if (body instanceof Uint8Array) return body
  if (body instanceof ArrayBuffer) return new Uint8Array(body)
  if (body instanceof Blob) return new Uint8Array(await body.arrayBuffer())
  if (isStream(body)) return collectStream(body)
  throw new TypeError(`A request body cannot be of type ${typeof body}`)
}

async function collectStream(stream: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(toBytes(chunk))
  return Buffer.concat(chunks)
}

function toBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk
  if (typeof chunk === 'string') return Buffer.from(chunk)
  throw new TypeError(`A stream of ${typeof chunk}s is no request body`)
}
