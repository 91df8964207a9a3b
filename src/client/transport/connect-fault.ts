/** A connection that did not come about: at which step, and why. */

export type ConnectStep = 'name' | 'tcp' | 'proxy' | 'tls'

/** A proxy in the words of a message: nothing of it is secret. */
export interface ProxyName {
  /** `host:port`. */
  label: string
  /** Name of the environment variable that names it. */
  variable: string
}

export class ConnectFault extends Error {
  readonly step: ConnectStep
  /** The step took longer than it may. */
  readonly isTimeout: boolean
  /** The proxy, when it is the proxy that could not be reached or that refused. */
  readonly proxy: ProxyName | null

  constructor(
    step: ConnectStep,
    message: string,
    options: { isTimeout?: boolean; proxy?: ProxyName | null; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'ConnectFault'
    this.step = step
    this.isTimeout = options.isTimeout ?? false
    this.proxy = options.proxy ?? null
  }
}
