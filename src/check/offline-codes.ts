/** Which verdicts only a call to OCI, or the place where the process runs, can give. All others show offline. */
import type { ErrorCode } from '../errors.ts'

const ONLINE = [
  // Of the environment that a call goes by.
  'SETTING_INVALID',
  'NOT_ON_OCI',
  'NOT_ON_OKE',
  'RESOURCE_PRINCIPAL_UNAVAILABLE',
  'DNS_FAILED',
  'CONNECTION_REFUSED',
  'CONNECT_TIMEOUT',
  'READ_TIMEOUT',
  'TLS_UNTRUSTED',
  'CONNECTION_LOST',
  'CLOCK_SKEW',
  'NOT_AUTHENTICATED',
  'NOT_AUTHORIZED',
  'RATE_LIMITED',
  'SERVICE_ERROR',
  'UNEXPECTED_RESPONSE',
  'CHECK_CANCELLED',
  'CHECK_FAILED',
] as const satisfies readonly ErrorCode[]

const ONLINE_CODES: ReadonlySet<string> = new Set(ONLINE)

export function isOfflineCode(code: string): boolean {
  return !ONLINE_CODES.has(code)
}
