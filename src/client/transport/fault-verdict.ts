/** What the words for a failed request are made of. Pure. */
import { durationText } from './duration.ts'
import type { TransportCode } from './transport-error.ts'

export interface ExchangeFacts {
  /** `host:port` of the service. */
  address: string
  /** Since the request was handed in, in milliseconds. */
  elapsedMs: number
  /** Bytes of the answer's body so far, `null` before its head. */
  receivedBytes: number | null
}

export interface FaultVerdict {
  code: TransportCode
  message: string
  fix?: string
}

export function lostVerdict(
  place: string,
  code: string,
  when: string,
  { elapsedMs }: ExchangeFacts,
): FaultVerdict {
  const reason = code
    ? `${code}, after ${durationText(elapsedMs)}`
    : `after ${durationText(elapsedMs)}`
  return {
    code: 'CONNECTION_LOST',
    message: `The connection to ${place} broke off ${when} (${reason})`,
  }
}

/** The code of an error; of several addresses that were tried, one that refused says more than one without a route. */
export function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null
  if (error instanceof AggregateError && error.errors.length > 0) {
    const codes = error.errors.map(errorCode)
    return codes.find((code) => code === 'ECONNREFUSED') ?? codes.at(-1) ?? null
  }
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  if (code === 'UND_ERR_SOCKET' && cause) return errorCode(cause) ?? code
  return typeof code === 'string' ? code : null
}
