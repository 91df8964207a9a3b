/** Signed request → the text that its signature covers, as every SDK of Oracle builds it. Pure. */
import { singleHeader, type ReceivedRequest } from './received-request.ts'

export const REQUEST_TARGET = '(request-target)'

/**
 * Lines `name: value` for the signed names in their order. `null` where a signed header was not sent, or more than once.
 * The text has one char per byte of the wire: encode it as latin1.
 */
export function buildSigningString(
  request: ReceivedRequest,
  names: readonly string[],
): string | null {
  const lines: string[] = []
  for (const name of names) {
    const value = valueOf(request, name)
    if (value === null) return null
    lines.push(`${name}: ${value}`)
  }
  return lines.join('\n')
}

function valueOf(request: ReceivedRequest, name: string): string | null {
  if (name === REQUEST_TARGET) return `${request.method.toLowerCase()} ${request.target}`
  // The Go SDK signs a content-type that it does not send as an empty one.
  if (name === 'content-type' && !request.headers.has(name)) return ''
  return singleHeader(request.headers, name)
}
