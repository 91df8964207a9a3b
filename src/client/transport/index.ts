/** From a signed request to an answer of WHATWG's kind: own connections, exact deadlines, faults told apart. */
export { callOnce, type PlainAnswer } from './call-once.ts'
export type { Exchange } from './exchange.ts'
export { closeConnections, type ConnectionSettings } from './connections.ts'
export { readCertificateBundle } from './certificate-bundle.ts'
export { createHttpClient } from './http-client.ts'
export { NO_PROXIES, readProxies } from './proxies.ts'
export { TRANSPORT_CODES, TransportError, type TransportCode } from './transport-error.ts'
