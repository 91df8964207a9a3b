/** Where a connection is to lead. */

export interface Target {
  /** A name or an address, an IPv6 one without brackets. */
  host: string
  port: number
  isTls: boolean
}
