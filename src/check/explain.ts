/** A probe that failed → code, fact and fix: the transport's own words, or what the reply shows. */
import type { Exchange } from '../client/index.ts'
import { OciProfilesError } from '../errors.ts'
import type { Logger, OciProfileConfig } from '../schemas/index.ts'
import { explainReply, type Reply } from './explain-reply.ts'
import { explainSurprise } from './explain-surprise.ts'
import { failure, type Failure } from './verdict.ts'

/** An exchange with the service, and the local time at which it was over, in milliseconds since 1970. */
export interface Heard {
  exchange: Exchange
  at: number
}

/** `heard` is the last exchange, where there was one. */
export function explain(
  error: unknown,
  heard: Heard | null,
  profile: OciProfileConfig,
  logger?: Logger,
): Failure {
  const deliberate = error instanceof OciProfilesError ? error : heard?.exchange.error
  if (deliberate) {
    const { code, message, fix } = deliberate
    return failure(code, message, fix, heard?.exchange.opcRequestId)
  }
  const reply = heard && toReply(error, heard)
  if (!reply) return explainSurprise(error, profile, logger)
  const { code, message, fix } = explainReply(reply, profile)
  return failure(code, message, fix, reply.opcRequestId)
}

function toReply(error: unknown, { exchange, at }: Heard): Reply | null {
  if (exchange.status === null) return null
  return {
    ...exchange,
    status: exchange.status,
    serviceCode: serviceCodeOf(error),
    arrivedAt: at,
    roundTripMs: exchange.durationMs,
  }
}

/** `code` of the body as the SDK tells it; "None" is its word for a body that has none. */
function serviceCodeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('serviceCode' in error)) return null
  const code = String(error.serviceCode)
  return /^[A-Za-z0-9_.-]{1,64}$/.test(code) && code !== 'None' ? code : null
}
