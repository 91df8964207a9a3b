/**
 * Gets failures through the SDK's retrier unharmed. Left to itself it turns an error of the transport into an anonymous
 * object without cause, and prints a line to the console for every call that fails.
 *
 * Two of its public seams are used. It reads `shouldBeRetried` off the error that an `HttpClient` throws, and right after
 * that, in the same breath, asks the termination strategy whether to give up: a strategy that throws the error itself
 * gives up with the error itself. Where the strategy is not ours (a retry configuration for a single request), the SDK
 * does what it always does; code and message survive.
 */
import type { RetryConfiguration, TerminationStrategy } from 'oci-common'

type RetryCondition = NonNullable<RetryConfiguration['retryCondition']>
type Keep = (error: Error) => void

export interface SdkFailures {
  /** What an `HttpClient` throws in place of its error; a final one ends the call whatever the configuration says. */
  carry: (error: Error, isFinal: boolean) => Error
  /** The configuration, with the same decisions. */
  configure: (configuration: RetryConfiguration) => RetryConfiguration
}

export function createSdkFailures(): SdkFailures {
  // Written and read without a pause in between, so one place serves any number of calls at once.
  let latest: Error | null = null
  const keep: Keep = (error) => {
    latest = error
  }
  const take = (): Error | null => {
    const error = latest
    latest = null
    return error
  }
  return {
    carry: (error, isFinal) => new CarriedError(error, isFinal, keep),
    configure: ({ retryCondition, terminationStrategy, ...rest }) => ({
      ...rest,
      ...(retryCondition && { retryCondition: quietCondition(retryCondition, keep) }),
      ...(terminationStrategy && { terminationStrategy: quietStrategy(terminationStrategy, take) }),
    }),
  }
}

/** An answer that is not worth another try ends the call: thrown here, it lands in the retrier's own catch. */
function quietCondition(condition: RetryCondition, keep: Keep): RetryCondition {
  return (error) => {
    if (!condition(error)) throw new CarriedError(error, true, keep)
    keep(error)
    return true
  }
}

/** Still an instance of its class: the SDK looks at that to tell the service that it may see a request twice. */
function quietStrategy(
  strategy: TerminationStrategy,
  take: () => Error | null,
): TerminationStrategy {
  const shouldTerminate: TerminationStrategy['shouldTerminate'] = (context) => {
    if (!strategy.shouldTerminate(context)) return false
    const error = take()
    if (error) throw error
    return true
  }
  return Object.create(strategy, {
    shouldTerminate: { value: shouldTerminate },
  }) as TerminationStrategy
}

/** Wears the code and message of the error that it carries, which are all that the SDK would keep. */
class CarriedError extends Error {
  readonly code: unknown
  readonly #error: Error
  readonly #isFinal: boolean
  readonly #keep: Keep

  constructor(error: Error, isFinal: boolean, keep: Keep) {
    super(error.message, { cause: error })
    this.name = error.name
    this.code = (error as { code?: unknown }).code
    this.#error = error
    this.#isFinal = isFinal
    this.#keep = keep
  }

  /** Read by the retrier in its catch. */
  get shouldBeRetried(): boolean {
    if (this.#isFinal) throw this.#error
    this.#keep(this.#error)
    return true
  }
}
