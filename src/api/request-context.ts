/**
 * Which request the work at hand is for, so that every line that it logs, however deep, can say so. Work that was set
 * going before, or that goes on by itself afterwards, is for none.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { LogFn, Logger } from '../schemas/index.ts'
import { openTelemetry } from '../trace.ts'

export interface RequestIds {
  request_id: string
  /** Of W3C Trace Context: 32 and 16 hex digits. */
  trace_id?: string
  span_id?: string
}

const current = new AsyncLocalStorage<RequestIds>()

/** What `work` calls, and what that waits for, is for this request. */
export function forRequest<T>(ids: RequestIds, work: () => T): T {
  return current.run(ids, work)
}

interface LeveledLogger extends Logger {
  level?: string
}

/** False where a line at `debug` would go nowhere: it need not be made. */
export function tellsDetails({ level = 'debug' }: LeveledLogger): boolean {
  return level === 'debug' || level === 'trace'
}

/** The same logger, whose lines tell the ids of the request that they are for, and of the span that is active. */
export function tellingRequests(logger: LeveledLogger): LeveledLogger {
  const at = (level: 'debug' | 'info' | 'warn' | 'error'): LogFn => {
    return (fields, message) => logger[level]({ ...idsOfNow(), ...fields }, message)
  }
  const debug = at('debug')
  return {
    debug: (fields, message) => void (tellsDetails(logger) && debug(fields, message)),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    audit: (fields, message) => {
      const log = logger.audit ?? logger.info
      log.call(logger, { ...idsOfNow(), ...fields }, message)
    },
    get level() {
      return logger.level
    },
    set level(level) {
      logger.level = level
    },
  }
}

function idsOfNow(): Partial<RequestIds> | undefined {
  const active = openTelemetry()?.trace.getActiveSpan()?.spanContext()
  const request = current.getStore()
  if (active === undefined) return request
  return { ...request, trace_id: active.traceId, span_id: active.spanId }
}
