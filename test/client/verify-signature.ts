/** Verifies a signed request from what is on the wire, by the rules of the draft: with no line of the code under test. */
import { createHash, verify, type KeyObject } from 'node:crypto'

export interface SeenRequest {
  method: string
  /** Path and query as they were sent. */
  target: string
  /** Lower-case names. */
  headers: Record<string, string | undefined>
  body: Buffer
}

export interface SeenSignature {
  keyId: string
  algorithm: string
  version: string
  /** In the order in which they were signed. */
  names: string[]
  isValid: boolean
  /** `null` where the body is not part of the signature. */
  isBodyIntact: boolean | null
}

export function verifySignature(request: SeenRequest, key: KeyObject): SeenSignature {
  const parameters = new Map<string, string>()
  const authorization = request.headers['authorization'] ?? ''
  for (const [, name = '', value = ''] of authorization.matchAll(/(\w+)="([^"]*)"/g)) {
    parameters.set(name, value)
  }
  const names = (parameters.get('headers') ?? '').split(' ')
  const lines = names.map((name) => {
    if (name === '(request-target)') {
      return `(request-target): ${request.method.toLowerCase()} ${request.target}`
    }
    return `${name}: ${request.headers[name]}`
  })
  const signature = Buffer.from(parameters.get('signature') ?? '', 'base64')
  return {
    keyId: parameters.get('keyId') ?? '',
    algorithm: parameters.get('algorithm') ?? '',
    version: parameters.get('version') ?? '',
    names,
    isValid: verify('sha256', Buffer.from(lines.join('\n')), key, signature),
    isBodyIntact: names.includes('x-content-sha256') ? isBodyIntact(request) : null,
  }
}

function isBodyIntact({ headers, body }: SeenRequest): boolean {
  const digest = createHash('sha256').update(body).digest('base64')
  return headers['x-content-sha256'] === digest && headers['content-length'] === `${body.length}`
}
