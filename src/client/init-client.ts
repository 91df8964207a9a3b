/** Profile → ready client of any class of Oracle's TypeScript SDK, on this package's own signer and transport. */
import { SILENT_LOGGER, type Logger, type OciProfileConfig } from '../schemas/index.ts'
import type { ClientClass } from './client-class.ts'
import {
  checkedTimeout,
  DEFAULT_CONNECT_TIMEOUT_MS,
  DEFAULT_READ_TIMEOUT_MS,
  type ClientOptions,
} from './client-options.ts'
import { connectionsToOci } from './connections-to-oci.ts'
import { ownEnvironment, type Environment } from './environment.ts'
import { getNativeSigner } from './get-signer.ts'
import { findPlace, putInPlace } from './place-client.ts'
import { createSdkFailures } from './sdk-failures.ts'
import { createHttpClient, type ConnectionSettings, type Exchange } from './transport/index.ts'
import { userAgentSuffix } from './user-agent.ts'

/**
 * A client that signs as the profile and is pointed at its region. Makes no call to the service. Failed calls reject with
 * the SDK's `OciError` for an answer that is no success, and with a `TransportError` where there was no answer.
 * Rejects with the `OciProfilesError` that says why the profile cannot sign, or where it does not lead anywhere.
 */
export async function initClient<Client extends object>(
  clientClass: ClientClass<Client>,
  profile: OciProfileConfig,
  options: ClientOptions = {},
): Promise<Client> {
  const { env = ownEnvironment(), now, logger = SILENT_LOGGER } = options
  const connections = await connectionSettings(options, env)
  const signer = await getNativeSigner(profile, { env, now, signal: options.signal })
  const place = await findPlace(clientClass, profile, { env, logger, home: signer.home })
  const { CircuitBreaker, NoRetryConfigurationDetails } = await import('oci-common')
  const failures = createSdkFailures()
  const httpClient = createHttpClient({
    signer,
    connections,
    readTimeoutMs: checkedTimeout(
      'readTimeoutMs',
      options.readTimeoutMs ?? DEFAULT_READ_TIMEOUT_MS,
    ),
    signal: options.signal,
    userAgent: userAgentSuffix(profile.additional_user_agent),
    observe: observer(profile, logger, options.onExchange),
    carry: failures.carry,
  })
  const client = new clientClass(
    { httpClient },
    {
      retryConfiguration: failures.configure(
        options.retryConfiguration ?? { ...NoRetryConfigurationDetails, retryCondition: never },
      ),
      // The breaker of each client would leave two timers running, and see none of our errors.
      circuitBreaker: new CircuitBreaker({ disableClientCircuitBreaker: true }),
    },
  )
  putInPlace(client, place)
  return client
}

const never = (): boolean => false

async function connectionSettings(
  { connectTimeoutMs = DEFAULT_CONNECT_TIMEOUT_MS, lookup }: ClientOptions,
  env: Environment,
): Promise<ConnectionSettings> {
  return {
    ...(await connectionsToOci(env)),
    connectTimeoutMs: checkedTimeout('connectTimeoutMs', connectTimeoutMs),
    lookup,
  }
}

/** An observer that fails must not fail the request. */
function observer(
  { log_requests, auth_profile }: OciProfileConfig,
  logger: Logger,
  onExchange: ClientOptions['onExchange'],
): (exchange: Exchange) => void {
  return (exchange) => {
    try {
      if (log_requests) logExchange(logger, auth_profile, exchange)
      onExchange?.(exchange)
    } catch (error) {
      logger.error({ err: error }, 'onExchange failed')
    }
  }
}

function logExchange(logger: Logger, profile: string, exchange: Exchange): void {
  const { method, url, status, opcRequestId, error } = exchange
  logger.info(
    {
      profile,
      method,
      url,
      status,
      duration_ms: Math.round(exchange.durationMs),
      opc_request_id: opcRequestId,
      ...(error && { code: error.code }),
    },
    'OCI request',
  )
}
