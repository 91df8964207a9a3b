/**
 * Spans of OpenTelemetry, for those who bring an SDK and register it. Where nobody has, its API is not even loaded and
 * work runs as though none of this were here. No attribute holds a secret, or the query of a URL.
 */
import type { Attributes, Span } from '@opentelemetry/api'
import { OciProfilesError } from './errors.ts'

export type OpenTelemetry = typeof import('@opentelemetry/api')

/** What the work may tell of itself. */
export interface Step {
  set(attributes: Attributes): void
  /** It has ended without success, and `type` says why: an error code, or a status of HTTP. */
  fail(type: string): void
}

export interface StepOptions {
  /** `client` for what asks something of another process. */
  kind?: 'internal' | 'client'
  attributes?: Attributes
}

/** Under this key the API of version 1, whichever copy of it, keeps what an SDK has registered. */
const REGISTERED = Symbol.for('opentelemetry.js.api.1')
const NAME = 'oci-profiles'
const UNSEEN: Step = { set: () => {}, fail: () => {} }

let loaded: OpenTelemetry | null = null

/** The API, once an SDK is registered and this has been awaited; else `null`. */
export async function loadOpenTelemetry(): Promise<OpenTelemetry | null> {
  if (!isRegistered()) return null
  return (loaded ??= await import('@opentelemetry/api'))
}

/** The same for those who cannot wait: `null` until it is loaded. */
export function openTelemetry(): OpenTelemetry | null {
  if (loaded === null && isRegistered()) void loadOpenTelemetry()
  return loaded
}

/** Runs work as a span under the one that is active. What it rejects with is what this rejects with. */
export function traced<T>(
  name: string,
  options: StepOptions,
  work: (step: Step) => Promise<T>,
): Promise<T> {
  return isRegistered() ? recorded(name, options, work) : work(UNSEEN)
}

function isRegistered(): boolean {
  return REGISTERED in globalThis
}

async function recorded<T>(
  name: string,
  { kind = 'internal', attributes }: StepOptions,
  work: (step: Step) => Promise<T>,
): Promise<T> {
  const otel = loaded ?? (await loadOpenTelemetry())
  if (otel === null) return work(UNSEEN)
  const spanKind = kind === 'client' ? otel.SpanKind.CLIENT : otel.SpanKind.INTERNAL
  const tracer = otel.trace.getTracer(NAME)
  return tracer.startActiveSpan(name, { kind: spanKind, attributes }, async (span) => {
    try {
      return await work(stepOf(span, otel))
    } catch (error) {
      failSpan(span, errorType(error), otel)
      throw error
    } finally {
      span.end()
    }
  })
}

function stepOf(span: Span, otel: OpenTelemetry): Step {
  return {
    set: (attributes) => void span.setAttributes(attributes),
    fail: (type) => failSpan(span, type, otel),
  }
}

/** The type alone: a message may name what is in a file. */
export function failSpan(span: Span, type: string, { SpanStatusCode }: OpenTelemetry): void {
  span.setAttribute('error.type', type)
  span.setStatus({ code: SpanStatusCode.ERROR })
}

function errorType(error: unknown): string {
  if (error instanceof OciProfilesError) return error.code
  return error instanceof Error ? error.name : '_OTHER'
}
