/** The header `traceparent` of W3C Trace Context: in which trace, and under which span, a request was sent. */

export interface TraceParent {
  /** 32 hex digits. */
  trace_id: string
  /** 16 hex digits. */
  span_id: string
}

/** Later versions may go on behind the flags; version ff does not exist. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/

/** `null` for what is none, such as ids of nothing but zeros. */
export function readTraceparent(header: string | string[] | undefined): TraceParent | null {
  if (typeof header !== 'string') return null
  const [, trace_id = '', span_id = '', more] = TRACEPARENT.exec(header) ?? []
  if (more !== undefined && header.startsWith('00')) return null
  return isId(trace_id) && isId(span_id) ? { trace_id, span_id } : null
}

function isId(digits: string): boolean {
  return /[^0]/.test(digits)
}
