/** A request that got no answer, or half of one: the code tells the ways to fail apart. */
import { OciProfilesError, type OciProfilesErrorOptions } from '../../errors.ts'

export const TRANSPORT_CODES = [
  'DNS_FAILED',
  'CONNECTION_REFUSED',
  'CONNECT_TIMEOUT',
  'READ_TIMEOUT',
  'TLS_UNTRUSTED',
  'CONNECTION_LOST',
  'UNEXPECTED_RESPONSE',
  'CHECK_CANCELLED',
] as const

export type TransportCode = (typeof TRANSPORT_CODES)[number]

/** `message` names host and port and the time that was measured. */
export class TransportError extends OciProfilesError {
  declare readonly code: TransportCode

  constructor(code: TransportCode, message: string, options: OciProfilesErrorOptions = {}) {
    super(code, message, options)
    this.name = 'TransportError'
  }
}
