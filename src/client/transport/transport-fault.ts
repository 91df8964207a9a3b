/** Errors of sockets, of TLS and of undici → `TransportError`: code, measured fact, fix. Pure. */
import { ConnectFault } from './connect-fault.ts'
import { durationText } from './duration.ts'
import { TransportError, type TransportCode } from './transport-error.ts'

export interface ExchangeFacts {
  /** `host:port` of the service. */
  address: string
  /** Since the request was handed in, in milliseconds. */
  elapsedMs: number
  /** Bytes of the answer's body so far, `null` before its head. */
  receivedBytes: number | null
}

interface Verdict {
  code: TransportCode
  message: string
  fix?: string
}

const NAME_ERRORS = /^(?:ENOTFOUND|EAI_|EDNS|ENODATA|ESERVFAIL|EBADNAME)/
const REFUSALS =
  /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|EACCES|EPERM)$/
/** Ours about its certificate; its alerts about ours start with ERR_SSL_. */
const CERTIFICATE_ERRORS =
  /^(?!ERR_SSL_)(?:.*CERT.*|UNABLE_TO_.*|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$/

export function toTransportError(error: unknown, facts: ExchangeFacts): TransportError {
  if (error instanceof TransportError) return error
  const { code, message, fix } =
    error instanceof ConnectFault ? connectVerdict(error, facts) : exchangeVerdict(error, facts)
  return new TransportError(code, message, { fix, cause: error })
}

function connectVerdict(fault: ConnectFault, facts: ExchangeFacts): Verdict {
  const place = fault.proxy === null ? facts.address : `the proxy ${fault.proxy}`
  if (fault.isTimeout) return timeoutVerdict(fault, place, facts)
  const code = codeOf(fault.cause) ?? ''
  if (fault.step === 'name' || NAME_ERRORS.test(code)) return nameVerdict(place, code, facts)
  if (fault.step === 'proxy') return proxyVerdict(fault, place)
  if (fault.step === 'tls') return tlsVerdict(fault, place, code, facts)
  if (REFUSALS.test(code)) {
    const what = code === 'ECONNREFUSED' ? 'refused the connection' : 'cannot be reached from here'
    return {
      code: 'CONNECTION_REFUSED',
      message: `${place} ${what} (${code}, after ${durationText(facts.elapsedMs)})`,
    }
  }
  if (code === 'ETIMEDOUT') return timeoutVerdict(fault, place, facts)
  return lostVerdict(place, code, 'while it was opened', facts)
}

function timeoutVerdict({ step }: ConnectFault, place: string, facts: ExchangeFacts): Verdict {
  const after = durationText(facts.elapsedMs)
  if (step === 'name') {
    const message = `No answer from DNS to the name of ${place} in ${after}`
    return {
      code: 'DNS_FAILED',
      message,
      fix: 'Check the DNS server that this machine asks, and the network.',
    }
  }
  const missing = {
    tcp: 'No connection to',
    proxy: 'No tunnel through',
    tls: 'No TLS handshake with',
  }[step]
  return { code: 'CONNECT_TIMEOUT', message: `${missing} ${place} in ${after}` }
}

function nameVerdict(place: string, code: string, { elapsedMs }: ExchangeFacts): Verdict {
  const message = `The name of ${place} could not be resolved (${code || 'no reason given'}, after ${durationText(elapsedMs)})`
  if (code !== 'EAI_AGAIN') return { code: 'DNS_FAILED', message }
  return {
    code: 'DNS_FAILED',
    message,
    fix: 'Check the DNS server that this machine asks, and the network.',
  }
}

function proxyVerdict(fault: ConnectFault, place: string): Verdict {
  const fix = / 407$/.test(fault.message)
    ? 'Put the user and password of the proxy into HTTPS_PROXY: http://USER:PASSWORD@HOST:PORT.'
    : 'Check HTTPS_PROXY and NO_PROXY, and that the proxy lets connections to OCI through.'
  return { code: 'CONNECTION_REFUSED', message: `${place} ${fault.message}`, fix }
}

function tlsVerdict(
  fault: ConnectFault,
  place: string,
  code: string,
  facts: ExchangeFacts,
): Verdict {
  if (!CERTIFICATE_ERRORS.test(code))
    return lostVerdict(place, code, 'during the TLS handshake', facts)
  const message = `The certificate of ${place} is not trusted: ${certificateFault(code, fault.message)}`
  return { code: 'TLS_UNTRUSTED', message, fix: certificateFix(code) }
}

function certificateFault(code: string, message: string): string {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `it is made out to another name (${code})`
  return `${message.replace(/;.*$/s, '')} (${code})`
}

function certificateFix(code: string): string | undefined {
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return 'Check the clock of this machine first, then the certificate of the host.'
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return 'Check the address, and whether a proxy or a DNS entry leads to another host.'
  }
  return undefined
}

function exchangeVerdict(error: unknown, facts: ExchangeFacts): Verdict {
  const code = codeOf(error) ?? ''
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

function lostVerdict(
  place: string,
  code: string,
  when: string,
  { elapsedMs }: ExchangeFacts,
): Verdict {
  const reason = code
    ? `${code}, after ${durationText(elapsedMs)}`
    : `after ${durationText(elapsedMs)}`
  return {
    code: 'CONNECTION_LOST',
    message: `The connection to ${place} broke off ${when} (${reason})`,
  }
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

/** The code of an error; of several addresses that were tried, one that refused says more than one without a route. */
function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null
  if (error instanceof AggregateError && error.errors.length > 0) {
    const codes = error.errors.map(codeOf)
    return codes.find((code) => code === 'ECONNREFUSED') ?? codes.at(-1) ?? null
  }
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  if (code === 'UND_ERR_SOCKET' && cause) return codeOf(cause) ?? code
  return typeof code === 'string' ? code : null
}
