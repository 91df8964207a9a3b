/** A call to a service as a span, for those who trace: method, address without the query, status. */
import { traced } from '../../trace.ts'

interface Answered {
  status: number
  headers: Headers
}

export function tracedCall<T extends Answered>(
  method: string,
  url: URL,
  call: () => Promise<T>,
): Promise<T> {
  const { origin, hostname, port, pathname, protocol } = url
  const attributes = {
    'http.request.method': method,
    // Neither a query nor what stands before an @.
    'url.full': `${origin}${pathname}`,
    'server.address': hostname,
    'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
  }
  return traced(method, { kind: 'client', attributes }, async (step) => {
    const answer = await call()
    const { status, headers } = answer
    step.set({
      'http.response.status_code': status,
      'oci_profiles.opc_request_id': headers.get('opc-request-id') ?? undefined,
    })
    if (status >= 400) step.fail(String(status))
    return answer
  })
}
