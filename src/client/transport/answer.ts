/** Status, headers and body as they came → `Response`, with what a `Response` refuses left out. */
import { TransportError } from './transport-error.ts'

type RawHeaders = Record<string, string | string[] | undefined>

const STATUS_WITHOUT_BODY = new Set([204, 205, 304])
const REASON = /^[\t\x20-\x7E\x80-\xFF]*$/

/** Throws a `TransportError` for a status that HTTP does not have. */
export function answerOf(
  status: number,
  statusText: string,
  headers: RawHeaders,
  body: ReadableStream<Uint8Array>,
): Response {
  if (status > 599) {
    throw new TransportError(
      'UNEXPECTED_RESPONSE',
      `The answer has status ${status}, which HTTP does not know`,
    )
  }
  return new Response(STATUS_WITHOUT_BODY.has(status) ? null : body, {
    status,
    statusText: REASON.test(statusText) ? statusText : '',
    headers: toHeaders(headers),
  })
}

function toHeaders(raw: RawHeaders): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(raw)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) append(headers, name, one)
    }
  }
  return headers
}

/** A header that is none by the book is no reason to lose the answer. */
function append(headers: Headers, name: string, value: string): void {
  try {
    headers.append(name, value)
  } catch {
    // Nobody can read it.
  }
}
