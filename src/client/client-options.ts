/** What the makers of clients may ask for, with its defaults. */
import type { LookupFunction } from 'node:net'
import type { RetryConfiguration } from 'oci-common'
import type { Logger } from '../schemas/index.ts'
import type { Environment } from './environment.ts'
import type { Exchange } from './transport/index.ts'

export interface SignerOptions {
  /** Default: that of the process. */
  env?: Environment
  /** Milliseconds since 1970; decides whether a token has expired. */
  now?: () => number
  /** Ends the waiting for the token of a principal. Those who wait for the same token go on. */
  signal?: AbortSignal
}

export interface ClientOptions extends SignerOptions {
  /** For each step of a new connection: name and TCP, the proxy's tunnel, TLS. Default 1000. */
  connectTimeoutMs?: number
  /** For each time that the other side is waited for: to take the body, to answer, to go on with its answer. Default 180000. */
  readTimeoutMs?: number
  /** Of the SDK. Default: one try. */
  retryConfiguration?: RetryConfiguration
  /** Ends every request of the client, in whatever phase it is. */
  signal?: AbortSignal
  /** Gets a line per request when the profile says `log_requests`. Default: silent. */
  logger?: Logger
  /** Resolves host names. Default: the system's. */
  lookup?: LookupFunction
  /** Told of each try. */
  onExchange?: (exchange: Exchange) => void
}

export const DEFAULT_CONNECT_TIMEOUT_MS = 1000
export const DEFAULT_READ_TIMEOUT_MS = 180_000

/** Timers cannot be longer: they would go off at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1

/** Throws a `RangeError` for what is no time-out. */
export function checkedTimeout(name: string, ms: number): number {
  if (ms >= 1 && ms <= MAX_TIMEOUT_MS) return ms
  throw new RangeError(`${name} must be between 1 and ${MAX_TIMEOUT_MS}, and is ${ms}`)
}
