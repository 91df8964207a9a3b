/** A connection that did not come about: at which step, and why. */

export type ConnectStep = 'name' | 'tcp' | 'proxy' | 'tls'

export class ConnectFault extends Error {
  readonly step: ConnectStep
  /** The step took longer than it may. */
  readonly isTimeout: boolean
  /** `host:port` of the proxy, when it is the proxy that could not be reached or that refused. */
  readonly proxy: string | null

  constructor(
    step: ConnectStep,
    message: string,
    options: { isTimeout?: boolean; proxy?: string | null; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'ConnectFault'
    this.step = step
    this.isTimeout = options.isTimeout ?? false
    this.proxy = options.proxy ?? null
  }
}
