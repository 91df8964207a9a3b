/** Errors → application/problem+json. What is thrown on purpose says its fact and fix; all else is told to the log alone. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { OciProfilesError, type ApiCode } from '../errors.ts'
import { ProfileNotUseableError } from '../registry/index.ts'
import type { Logger } from '../schemas/index.ts'
import { idsOf } from './observe.ts'

export const PROBLEM_JSON = 'application/problem+json; charset=utf-8'

/** Fastify's own refusals, and the code that says the same in this API. */
const FASTIFY_CODES: Record<string, ApiCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'BAD_REQUEST',
  FST_ERR_BAD_URL: 'BAD_REQUEST',
}

const FASTIFY_FACTS: Partial<Record<ApiCode, string>> = {
  BODY_TOO_LARGE: 'The body is larger than 1 MiB',
  UNSUPPORTED_MEDIA_TYPE: 'The body is not declared as application/json',
}

export function problemHandler(docs: string, logger: Logger) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const known = asKnown(error)
    if (known === null) {
      logger.error({ ...idsOf(request), err: error }, 'request failed')
    }
    sendProblem(reply, known ?? internalError(), docs, request.id)
  }
}

function sendProblem(
  reply: FastifyReply,
  error: OciProfilesError,
  docs: string,
  requestId: string,
): void {
  void reply
    .code(error.status)
    .header('content-type', PROBLEM_JSON)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemBody(error, docs, requestId)))
}

export function problemBody(error: OciProfilesError, docs: string, requestId: string): object {
  return {
    type: `${docs}#${error.code}`,
    title: error.title,
    status: error.status,
    detail: error.message,
    code: error.code,
    fix: error.fix,
    ...(error.errors.length > 0 && { errors: error.errors }),
    ...(error instanceof ProfileNotUseableError && notUseableMembers(error)),
    request_id: requestId,
  }
}

function notUseableMembers({ check, saved }: ProfileNotUseableError): object {
  const id = check.opc_request_id
  return { saved, check, ...(id !== null && { opc_request_id: id }) }
}

function asKnown(error: unknown): OciProfilesError | null {
  if (error instanceof OciProfilesError) return error
  const { code, statusCode, message } = error as FastifyError
  const known = FASTIFY_CODES[code]
  if (known) return new OciProfilesError(known, FASTIFY_FACTS[known] ?? message)
  const refused = statusCode !== undefined && statusCode >= 400 && statusCode < 500
  return refused ? new OciProfilesError('BAD_REQUEST', 'The request is malformed') : null
}

function internalError(): OciProfilesError {
  return new OciProfilesError('INTERNAL_ERROR', 'The service failed to answer this request')
}
