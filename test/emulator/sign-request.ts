/** A signer of the tests' own, from the protocol alone, that can speak as each SDK of Oracle does. */
import { createHash, sign } from 'node:crypto'
import type { TestKey } from '../fixtures/identities.ts'

export interface Dialect {
  /** As written inside `headers=""`. */
  names: readonly string[]
  bodyNames: readonly string[]
  /** Order of the parameters of the Authorization header. */
  parameters: readonly Parameter[]
  separator: string
}

type Parameter = 'version' | 'keyId' | 'algorithm' | 'headers' | 'signature'

const BODY_NAMES = ['content-length', 'content-type', 'x-content-sha256']

export const DIALECTS = {
  Go: {
    names: ['date', '(request-target)', 'host'],
    bodyNames: BODY_NAMES,
    parameters: ['version', 'headers', 'keyId', 'algorithm', 'signature'],
    separator: ',',
  },
  Python: {
    names: ['date', '(request-target)', 'host'],
    bodyNames: BODY_NAMES,
    parameters: ['algorithm', 'headers', 'keyId', 'signature', 'version'],
    separator: ',',
  },
  TypeScript: {
    names: ['x-date', '(request-target)', 'host'],
    bodyNames: ['Content-Type', 'Content-Length', 'x-content-sha256'],
    parameters: ['version', 'keyId', 'algorithm', 'headers', 'signature'],
    separator: ',',
  },
  'draft order': {
    names: ['(request-target)', 'host', 'date'],
    bodyNames: ['x-content-sha256', 'content-type', 'content-length'],
    parameters: ['signature', 'headers', 'algorithm', 'keyId', 'version'],
    separator: ' , ',
  },
} as const satisfies Record<string, Dialect>

export interface Signable {
  key: TestKey
  keyId: string
  /** The emulator's port: becomes the host header. */
  port: number
  method?: string
  target?: string
  body?: string
  dialect?: Dialect
  /** Milliseconds since 1970. */
  now?: number
  /** In place of the usual headers, or besides them; `null` takes one away. */
  headers?: Readonly<Record<string, string | null>>
  /** In place of the dialect's names. */
  names?: readonly string[]
  /** In place of the usual parameters of the Authorization header; `null` leaves one out. */
  parameters?: Partial<Record<Parameter, string | null>>
}

export interface SignedRequest {
  method: string
  target: string
  /** Name and value, in the order in which they are sent. */
  headers: [name: string, value: string][]
  body: string
}

export function signRequest(options: Signable): SignedRequest {
  const { key, keyId, port, method = 'GET', target = '/n', body = '' } = options
  const { dialect = DIALECTS.Go, now = Date.now() } = options
  const date = new Date(now).toUTCString()
  const hasBody = ['POST', 'PUT', 'PATCH'].includes(method)
  const headers = new Map<string, string | null>([
    ['host', `127.0.0.1:${port}`],
    ['date', date],
    ['x-date', date],
  ])
  if (hasBody) {
    headers.set('content-type', 'application/json')
    headers.set('content-length', String(Buffer.byteLength(body)))
    headers.set('x-content-sha256', createHash('sha256').update(body).digest('base64'))
  }
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value)

  const names = options.names ?? [...dialect.names, ...(hasBody ? dialect.bodyNames : [])]
  const lines = names.map((name) => {
    const lower = name.toLowerCase()
    const value = lower === '(request-target)' ? `${method.toLowerCase()} ${target}` : undefined
    return `${lower}: ${value ?? headers.get(lower) ?? ''}`
  })
  const signature = sign('RSA-SHA256', Buffer.from(lines.join('\n')), key.privateKey)
  const parameters: Record<Parameter, string | null> = {
    version: '1',
    keyId,
    algorithm: 'rsa-sha256',
    headers: names.join(' '),
    signature: signature.toString('base64'),
    ...options.parameters,
  }
  const authorization = dialect.parameters
    .filter((name) => parameters[name] !== null)
    .map((name) => `${name}="${parameters[name]}"`)
    .join(dialect.separator)
  if (!headers.has('authorization')) headers.set('authorization', `Signature ${authorization}`)

  const sent = [...headers].filter((pair): pair is [string, string] => pair[1] !== null)
  return { method, target, headers: sent, body }
}
