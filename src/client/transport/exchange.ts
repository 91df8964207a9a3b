/** What is known about one request and its answer, for observers. */
import type { TransportError } from './transport-error.ts'

/** One try, told when the head of the answer is there or the request has failed. Holds no header that could be a secret. */
export interface Exchange {
  method: string
  url: string
  host: string
  port: number
  /** `null` without an answer. */
  status: number | null
  /** The answer's `Date`, as it came. */
  date: string | null
  contentType: string | null
  /** The answer's `Retry-After`, as it came. */
  retryAfter: string | null
  opcRequestId: string | null
  /** From handing in the signed request to the head of the answer, in milliseconds. */
  durationMs: number
  error: TransportError | null
}

export function exchangeOf(
  about: { method: string; url: URL; durationMs: () => number },
  response: Response | null,
  error: TransportError | null,
): Exchange {
  const { method, url } = about
  const header = (name: string): string | null => response?.headers.get(name) ?? null
  return {
    method,
    url: url.href,
    host: url.hostname,
    port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    status: response?.status ?? null,
    date: header('date'),
    contentType: header('content-type'),
    retryAfter: header('retry-after'),
    opcRequestId: header('opc-request-id'),
    durationMs: about.durationMs(),
    error,
  }
}
