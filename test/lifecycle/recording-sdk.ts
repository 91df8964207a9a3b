/** As little of an OpenTelemetry SDK as a user could bring: it keeps spans, and contexts across awaits. */
import {
  context,
  propagation,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type ContextManager,
  type Span,
  type SpanContext,
  type SpanOptions,
  type SpanStatus,
  type TextMapPropagator,
  type Tracer,
} from '@opentelemetry/api'
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'

export interface RecordedSpan {
  name: string
  kind: number | undefined
  traceId: string
  spanId: string
  parentSpanId: string | null
  attributes: Attributes
  status: SpanStatus
  isEnded: boolean
}

/** Registers itself with the API, as an SDK does. Returns the spans, oldest first, and the end of it. */
export function registerRecordingSdk(): { spans: RecordedSpan[]; unregister(): void } {
  const spans: RecordedSpan[] = []
  context.setGlobalContextManager(contextManager())
  propagation.setGlobalPropagator(traceContext())
  trace.setGlobalTracerProvider({ getTracer: () => tracerInto(spans) })
  const unregister = () => {
    trace.disable()
    propagation.disable()
    context.disable()
  }
  return { spans, unregister }
}

function tracerInto(spans: RecordedSpan[]): Tracer {
  const startSpan = (name: string, options: SpanOptions = {}, parent = context.active()): Span => {
    const above = options.root ? undefined : trace.getSpanContext(parent)
    const record: RecordedSpan = {
      name,
      kind: options.kind,
      traceId: above?.traceId ?? randomBytes(16).toString('hex'),
      spanId: randomBytes(8).toString('hex'),
      parentSpanId: above?.spanId ?? null,
      attributes: { ...options.attributes },
      status: { code: 0 },
      isEnded: false,
    }
    spans.push(record)
    return spanOf(record)
  }
  const startActiveSpan = (name: string, ...rest: unknown[]): unknown => {
    const work = rest.at(-1) as (span: Span) => unknown
    const options = rest.length > 1 ? (rest[0] as SpanOptions) : {}
    const parent = rest.length > 2 ? (rest[1] as Context) : context.active()
    const span = startSpan(name, options, parent)
    return context.with(trace.setSpan(parent, span), () => work(span))
  }
  return { startSpan, startActiveSpan }
}

function spanOf(record: RecordedSpan): Span {
  const change = (apply: () => void): Span => {
    if (record.isEnded) throw new Error(`${record.name} is changed after its end`)
    apply()
    return span
  }
  const { traceId, spanId } = record
  const span: Span = {
    spanContext: (): SpanContext => ({ traceId, spanId, traceFlags: TraceFlags.SAMPLED }),
    setAttribute: (name, value) => change(() => (record.attributes[name] = value)),
    setAttributes: (more) => change(() => Object.assign(record.attributes, more)),
    setStatus: (status) => change(() => (record.status = status)),
    updateName: (name) => change(() => (record.name = name)),
    end: () => void change(() => (record.isEnded = true)),
    addEvent: () => span,
    addLink: () => span,
    addLinks: () => span,
    recordException: () => {},
    isRecording: () => !record.isEnded,
  }
  return span
}

function contextManager(): ContextManager {
  const store = new AsyncLocalStorage<Context>()
  const manager: ContextManager = {
    active: () => store.getStore() ?? ROOT_CONTEXT,
    with: (active, work, thisArg, ...args) => store.run(active, () => work.call(thisArg!, ...args)),
    bind: (active, target) =>
      typeof target === 'function'
        ? (((...args: unknown[]) => store.run(active, () => target(...args))) as typeof target)
        : target,
    enable: () => manager,
    disable: () => manager,
  }
  return manager
}

/** W3C Trace Context, the reading half. */
function traceContext(): TextMapPropagator {
  return {
    inject: () => {},
    fields: () => ['traceparent'],
    extract(into, carrier, getter) {
      const [, traceId, spanId] = String(getter.get(carrier, 'traceparent')).split('-')
      if (!traceId || !spanId) return into
      const parent = { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true }
      return trace.setSpanContext(into, parent)
    },
  }
}
