/** Errors of sockets, of TLS and of undici → `TransportError`: code, measured fact, fix. Pure. */
import { ConnectFault } from './connect-fault.ts'
import { connectVerdict } from './connect-verdict.ts'
import { durationText } from './duration.ts'
import { errorCode, lostVerdict, type ExchangeFacts, type FaultVerdict } from './fault-verdict.ts'
import { TransportError } from './transport-error.ts'

/** Mistakes of the caller, which undici names well: a body longer than announced, a header that cannot be. */
const CALLER_MISTAKES = /^UND_ERR_(?:INVALID_ARG|NOT_SUPPORTED|REQ_CONTENT_LENGTH_MISMATCH)$/

/** Errors that are no fault of the way stay as they are. */
export function toTransportError(error: Error, facts: ExchangeFacts): Error {
  if (error instanceof TransportError || CALLER_MISTAKES.test(errorCode(error) ?? '')) return error
  const { code, message, fix } =
    error instanceof ConnectFault ? connectVerdict(error, facts) : exchangeVerdict(error, facts)
  return new TransportError(code, message, { fix, cause: error })
}

function exchangeVerdict(error: unknown, facts: ExchangeFacts): FaultVerdict {
  const code = errorCode(error) ?? ''
  const isParserError = error instanceof Error && error.name === 'HTTPParserError'
  if (isParserError || /^UND_ERR_(?:HEADERS_OVERFLOW|RES_)/.test(code)) {
    const message = `${facts.address} answered with something that is not HTTP${code && ` (${code})`}`
    return { code: 'UNEXPECTED_RESPONSE', message }
  }
  const when =
    facts.receivedBytes === null
      ? 'before it answered'
      : `in the middle of its answer, after ${facts.receivedBytes} bytes`
  return lostVerdict(facts.address, code, when, facts)
}

export function readTimeout(
  { address, elapsedMs, receivedBytes }: ExchangeFacts,
  waitedMs: number,
): TransportError {
  const waited = durationText(waitedMs)
  const message =
    receivedBytes === null
      ? `${address} sent no answer for ${waited}`
      : `${address} stopped in the middle of its answer: nothing for ${waited} after ${receivedBytes} bytes`
  return new TransportError('READ_TIMEOUT', `${message} (${durationText(elapsedMs)} in all)`)
}

export function cancelled({ address, elapsedMs }: ExchangeFacts, reason: unknown): TransportError {
  const message = `The request to ${address} was cancelled after ${durationText(elapsedMs)}`
  return new TransportError('CHECK_CANCELLED', message, { cause: reason })
}

export function cancelledBeforeSending({ host }: URL, reason: unknown): TransportError {
  const message = `The request to ${host} was cancelled before it was sent`
  return new TransportError('CHECK_CANCELLED', message, { cause: reason })
}
