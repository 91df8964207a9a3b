/** What is told of every request, whoever answers it: a line in the log, a count, a span. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { openTelemetry } from '../trace.ts'
import type { RequestMetrics } from './metrics/index.ts'
import type { OpenRequests } from './open-requests.ts'
import type { ApiOptions } from './ports.ts'
import { forRequest, tellsDetails, type RequestIds } from './request-context.ts'
import { requestPath } from './request-path.ts'
import type { TypedApp } from './route.ts'
import { startRequestSpan, type RequestSpan } from './trace.ts'
import { readTraceparent } from './traceparent.ts'

interface Observed {
  ids: RequestIds
  span: RequestSpan | null
  isAnswered: boolean
}

declare module 'fastify' {
  interface FastifyRequest {
    /** `null` until the first hook has run. */
    observed: Observed | null
  }
}

/** To be called before any other hook is added: what they refuse is told, too. */
export function observe(
  app: TypedApp,
  { logger, urlPrefix }: ApiOptions,
  metrics: RequestMetrics,
  open: OpenRequests,
): void {
  app.decorateRequest('observed', null)

  app.addHook('onRequest', (request, reply, done) => {
    const observed = begin(request)
    request.observed = observed
    const started = performance.now()
    open.begin(reply)
    reply.raw.once('close', () => {
      open.end(reply)
      if (!observed.isAnswered) abort(request, performance.now() - started)
    })
    done()
  })

  // Not before: the events of a body come from its socket, which knows of no request.
  app.addHook('preHandler', ({ observed }, _reply, done) => {
    if (observed === null) return done()
    const { ids, span } = observed
    forRequest(ids, () => (span === null ? done() : span.run(done)))
  })

  app.addHook('onResponse', (request, reply, done) => {
    finish(request, reply)
    done()
  })

  /** Successful reads at debug, because pages poll. */
  const finish = (request: FastifyRequest, reply: FastifyReply) => {
    const status = reply.statusCode
    const route = routeOf(request)
    if (request.observed !== null) request.observed.isAnswered = true
    request.observed?.span?.end({ status, route })
    // How long somebody listened says nothing of how fast we answer; the route tells of its end.
    if (request.routeOptions.config?.isStream && status === 200) return
    metrics.answered(request.method, route, status, reply.elapsedTime / 1000)
    const isQuiet = status < 400 && (request.method === 'GET' || request.method === 'HEAD')
    if (isQuiet && !tellsDetails(logger)) return
    const log = isQuiet ? logger.debug : logger.info
    log.call(logger, { ...about(request), status, ...inMs(reply.elapsedTime) }, 'request')
  }

  const abort = (request: FastifyRequest, elapsedMs: number) => {
    const route = routeOf(request)
    request.observed?.span?.end({ status: null, route })
    if (request.routeOptions.config?.isStream) return
    metrics.aborted(request.method, route)
    logger.info({ ...about(request), ...inMs(elapsedMs) }, 'client left before the answer')
  }

  /** Without the prefix, so that what reads metrics and spans need not know where a proxy has put the service. */
  const routeOf = ({ routeOptions: { url } }: FastifyRequest): string | null =>
    url === undefined ? null : url.slice(urlPrefix.length)
}

function begin(request: FastifyRequest): Observed {
  const { id: request_id, method, headers } = request
  const otel = openTelemetry()
  if (otel !== null) {
    const asked = { method, path: requestPath(request), headers, requestId: request_id }
    const span = startRequestSpan(asked, otel)
    const ids = { request_id, trace_id: span.traceId, span_id: span.spanId }
    return { ids, span, isAnswered: false }
  }
  const parent = headers['traceparent']
  const ids = parent === undefined ? { request_id } : { request_id, ...readTraceparent(parent) }
  return { ids, span: null, isAnswered: false }
}

/** What was refused before the first hook has no other id than its own. */
export function idsOf({ observed, id }: FastifyRequest): RequestIds {
  return observed?.ids ?? { request_id: id }
}

function about(request: FastifyRequest): Record<string, unknown> {
  return { ...idsOf(request), method: request.method, path: requestPath(request) }
}

function inMs(duration: number): { duration_ms: number } {
  return { duration_ms: Math.round(duration * 10) / 10 }
}
