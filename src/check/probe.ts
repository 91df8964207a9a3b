/** Asks for the namespace: the cheapest call that proves a signature. The only network call of a check. */
import {
  initClient as defaultInitClient,
  loadObjectStorageClient,
  type Environment,
} from '../client/index.ts'
import type { Logger, OciProfileConfig } from '../schemas/index.ts'
import { explain, type Heard } from './explain.ts'
import { withForeignRealm } from './foreign-realm.ts'
import { withMeantRegion } from './meant-region.ts'
import { failure, type Verdict } from './verdict.ts'

export interface ProbeDeps {
  initClient?: typeof defaultInitClient
  /** The clock, in milliseconds since 1970. */
  now?: () => number
  /** Default: that of the process. */
  env?: Environment
  logger?: Logger
  signal?: AbortSignal
}

const CONNECT_TIMEOUT_MS = 1000
const READ_TIMEOUT_MS = 10_000

/** One try, neither retries nor circuit breaker. Rejects with nothing. */
export async function probe(profile: OciProfileConfig, deps: ProbeDeps): Promise<Verdict> {
  const { initClient = defaultInitClient, now = Date.now, signal, env, logger } = deps
  const last: { heard: Heard | null } = { heard: null }
  try {
    const client = await initClient(await loadObjectStorageClient(), profile, {
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      readTimeoutMs: READ_TIMEOUT_MS,
      now: deps.now,
      signal,
      env,
      logger,
      onExchange: (exchange) => {
        last.heard = { exchange, at: now() }
      },
    })
    const { value } = await client.getNamespace({})
    if (!isNamespace(value)) return notANamespace(profile, last.heard)
    return {
      code: null,
      namespace: value,
      opc_request_id: last.heard?.exchange.opcRequestId ?? null,
    }
  } catch (error) {
    const failed = explain(error, last.heard, profile, logger)
    return withMeantRegion(await withForeignRealm(failed, profile, env), profile, env)
  }
}

function notANamespace(profile: OciProfileConfig, heard: Heard | null): Verdict {
  if (heard) return explain(null, heard, profile)
  return failure('UNEXPECTED_RESPONSE', 'the answer is not a namespace')
}

/** The SDK passes on what it got, whatever its types say. */
function isNamespace(value: unknown): value is string {
  return typeof value === 'string' && /^[^\s\p{C}]+$/u.test(value)
}
