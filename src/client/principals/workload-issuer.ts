/** `oke_workload_identity`: the pod's service-account token is exchanged for one of OCI by a service of the cluster. */
import { randomBytes } from 'node:crypto'
import { DEFAULT_CONNECT_TIMEOUT_MS } from '../client-options.ts'
import type { Environment } from '../environment.ts'
import { NO_PROXIES, type TransportCode } from '../transport/index.ts'
import type { ExchangeStep } from './explain-refusal.ts'
import { homeOfToken } from './home-of-token.ts'
import type { Issuer } from './issuer.ts'
import { readServiceAccount, tokenServiceUrl } from './service-account.ts'
import { exchangeToken } from './token-exchange.ts'

const ENHANCED_FIX =
  'Make the cluster an enhanced one (Cluster details > Upgrade): basic clusters have no workload identity.'

const STEP = {
  name: 'the exchange of the service-account token',
  isNumbered: false,
  notAuthenticated: {
    what: 'it does not accept the token',
    fix: 'See that the token is that of a service account of this cluster, and restart the pod.',
  },
  notAuthorized: { what: 'the cluster must be an enhanced one', fix: ENHANCED_FIX },
}

/** `now` in milliseconds since 1970. */
export function workloadIssuer(env: Environment, now: () => number): Issuer {
  return async (sessionKey, signal) => {
    const url = tokenServiceUrl(env)
    const { token, authority, authorityPath } = await readServiceAccount(env, now())
    const key = await sessionKey()
    const exchange = {
      step: stepWith(authorityPath),
      url,
      headers: new Headers({
        authorization: `Bearer ${token.reveal()}`,
        'content-type': 'application/json',
        'opc-request-id': requestId(),
      }),
      body: JSON.stringify({ podKey: key.publicKey }),
      // In the cluster: no proxy leads there.
      connections: {
        connectTimeoutMs: DEFAULT_CONNECT_TIMEOUT_MS,
        proxies: NO_PROXIES,
        certificates: authority,
      },
      signal,
      readToken: unwrapToken,
    }
    const issued = await exchangeToken(exchange, key)
    return { ...issued, key: key.privateKey, home: homeOfToken(issued.token) }
  }
}

function stepWith(authorityPath: string): ExchangeStep {
  return {
    ...STEP,
    networkFix: (code: TransportCode) => {
      if (code === 'TLS_UNTRUSTED') {
        return `See that ${authorityPath} is the certificate authority of this cluster.`
      }
      return code === 'CONNECTION_REFUSED' || code === 'CONNECT_TIMEOUT' ? ENHANCED_FIX : undefined
    },
  }
}

/** Base64 of JSON, as JSON: a text in quotes. */
function unwrapToken(text: string): unknown {
  const wrapped = JSON.parse(text) as unknown
  const { token } = JSON.parse(Buffer.from(String(wrapped), 'base64').toString('utf8')) as {
    token?: unknown
  }
  return typeof token === 'string' && token.startsWith('ST$') ? token.slice(3) : null
}

/** As Oracle's SDKs number theirs. */
function requestId(): string {
  return [16, 16, 16].map((length) => randomBytes(length).toString('hex').toUpperCase()).join('/')
}
