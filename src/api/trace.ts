/** One request as a span of OpenTelemetry, under the span of whoever called. */
import type { Attributes, Context, Span } from '@opentelemetry/api'
import type { IncomingHttpHeaders } from 'node:http'
import { failSpan, type OpenTelemetry } from '../trace.ts'

export interface RequestSpan {
  traceId: string
  spanId: string
  /** What `work` calls is under this span. */
  run(work: () => void): void
  /** `status` is `null` where the client did not wait for it, `route` where there is none. */
  end(answer: { status: number | null; route: string | null }): void
}

export interface AskedFor {
  method: string
  /** Without the query. */
  path: string
  headers: IncomingHttpHeaders
  requestId: string
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])

export function startRequestSpan(asked: AskedFor, otel: OpenTelemetry): RequestSpan {
  const given = otel.trace.getActiveSpan()
  // An instrumentation of node:http has made one already: another would say the same once more.
  return given ? joinedSpan(given, otel) : ownSpan(asked, otel)
}

function ownSpan({ method, path, headers, requestId }: AskedFor, otel: OpenTelemetry): RequestSpan {
  const { context, propagation, trace, SpanKind } = otel
  const name = METHODS.has(method) ? method : 'HTTP'
  const attributes: Attributes = {
    'http.request.method': METHODS.has(method) ? method : '_OTHER',
    'url.path': path,
    'url.scheme': 'http',
    'oci_profiles.request_id': requestId,
  }
  const parent = propagation.extract(context.active(), headers)
  const options = { kind: SpanKind.SERVER, attributes }
  const span = trace.getTracer('oci-profiles').startSpan(name, options, parent)
  return {
    ...idsOf(span),
    run: runIn(trace.setSpan(parent, span), otel),
    end({ status, route }) {
      if (route !== null) span.updateName(`${name} ${route}`).setAttribute('http.route', route)
      if (status !== null) span.setAttribute('http.response.status_code', status)
      if (status !== null && status >= 500) failSpan(span, String(status), otel)
      span.end()
    },
  }
}

/** Whoever made it ends it. */
function joinedSpan(span: Span, otel: OpenTelemetry): RequestSpan {
  return {
    ...idsOf(span),
    run: runIn(otel.context.active(), otel),
    end({ route }) {
      if (route !== null) span.setAttribute('http.route', route)
    },
  }
}

function idsOf(span: Span): Pick<RequestSpan, 'traceId' | 'spanId'> {
  const { traceId, spanId } = span.spanContext()
  return { traceId, spanId }
}

function runIn(context: Context, otel: OpenTelemetry): RequestSpan['run'] {
  return (work) => otel.context.with(context, work)
}
