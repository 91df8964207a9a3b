/** A connection that did not come about → code, measured fact, fix. Pure. */
import type { ConnectFault, ProxyName } from './connect-fault.ts'
import { durationText } from './duration.ts'
import { REFUSED_USER } from './open-tunnel.ts'
import { errorCode, lostVerdict, type ExchangeFacts, type FaultVerdict } from './fault-verdict.ts'

const NAME_ERRORS = /^(?:ENOTFOUND|EAI_|EDNS|ENODATA|ESERVFAIL|EBADNAME)/
const REFUSALS =
  /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|EACCES|EPERM)$/
/** Ours about its certificate; its alerts about ours start with ERR_SSL_. */
const CERTIFICATE_ERRORS =
  /^(?!ERR_SSL_)(?:.*CERT.*|UNABLE_TO_.*|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$/

export function connectVerdict(fault: ConnectFault, facts: ExchangeFacts): FaultVerdict {
  const { proxy } = fault
  if (proxy === null) return verdictAt(facts.address, fault, facts)
  const verdict = verdictAt(`the proxy ${proxy.label} of ${proxy.variable}`, fault, facts)
  // Of a certificate, the table's words say more.
  if (verdict.fix !== undefined || verdict.code === 'TLS_UNTRUSTED') return verdict
  return { ...verdict, fix: proxyFix(proxy, facts) }
}

function proxyFix({ variable }: ProxyName, { address }: ExchangeFacts): string {
  const host = address.replace(/:\d+$/, '')
  return `Correct ${variable}, or unset it; to pass the proxy by for this host alone, add ${host} to NO_PROXY.`
}

function verdictAt(place: string, fault: ConnectFault, facts: ExchangeFacts): FaultVerdict {
  if (fault.isTimeout) return timeoutVerdict(fault, place, facts)
  const code = errorCode(fault.cause) ?? ''
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

function timeoutVerdict({ step }: ConnectFault, place: string, facts: ExchangeFacts): FaultVerdict {
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

function nameVerdict(place: string, code: string, { elapsedMs }: ExchangeFacts): FaultVerdict {
  const message = `The name of ${place} could not be resolved (${code || 'no reason given'}, after ${durationText(elapsedMs)})`
  if (code !== 'EAI_AGAIN') return { code: 'DNS_FAILED', message }
  return {
    code: 'DNS_FAILED',
    message,
    fix: 'Check the DNS server that this machine asks, and the network.',
  }
}

function proxyVerdict({ proxy, message }: ConnectFault, place: string): FaultVerdict {
  const variable = proxy?.variable ?? 'HTTPS_PROXY'
  if (message.endsWith(REFUSED_USER)) {
    const fix = `Correct the user and password of the proxy in ${variable}; special characters are written as %XX. A proxy that asks for NTLM or Kerberos takes none.`
    return { code: 'CONNECTION_REFUSED', message: `${place} ${message}`, fix }
  }
  const fix = / 407$/.test(message)
    ? `Put the user and password of the proxy into ${variable}: http://USER:PASSWORD@HOST:PORT.`
    : `Check ${variable} and NO_PROXY, and that the proxy lets connections to OCI through.`
  return { code: 'CONNECTION_REFUSED', message: `${place} ${message}`, fix }
}

function tlsVerdict(
  fault: ConnectFault,
  place: string,
  code: string,
  facts: ExchangeFacts,
): FaultVerdict {
  const spoken = describeProtocol(fault, code, place)
  if (spoken !== null) return spoken
  if (!CERTIFICATE_ERRORS.test(code))
    return lostVerdict(place, code, 'during the TLS handshake', facts)
  const message = `The certificate of ${place} is not trusted: ${certificateFault(code, fault.message)}`
  return { code: 'TLS_UNTRUSTED', message, fix: certificateFix(code) }
}

/** Who speaks something else there, or an older TLS: to try again does not help. */
function describeProtocol(
  { proxy }: ConnectFault,
  code: string,
  place: string,
): FaultVerdict | null {
  if (/^ERR_SSL_(?:WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG)$/.test(code)) {
    const fix =
      proxy === null
        ? 'Write http:// where a variable sets the address; else a proxy or a gateway answers in place of OCI.'
        : `Write http:// in place of https:// in ${proxy.variable}.`
    return { code: 'CONNECTION_LOST', message: `${place} answers without TLS (${code})`, fix }
  }
  if (!/ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/.test(code)) return null
  const message = `${place} speaks no TLS of version 1.2 or later (${code})`
  return { code: 'CONNECTION_LOST', message, fix: 'Have what answers there speak TLS 1.2 or 1.3.' }
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
