/** Who may call: the Host header (DNS rebinding), the Origin (cross-site requests), then the API key. */
import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { OciProfilesError } from '../errors.ts'
import type { Secret } from '../secret.ts'

export interface AccessRules {
  apiKey: Secret
  /** Host names, without port, by which the service may be called, besides loopback's. */
  allowedHosts: readonly string[]
  /** True when only this machine can reach the service. */
  loopbackOnly: boolean
}

export type Area = 'health' | 'pages' | 'api'

/** As long as a key may be. */
const COMPARED_BYTES = 512
const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]']

/** Returns a check of a request that throws what is wrong with it. */
export function createAccess(rules: AccessRules): (request: FastifyRequest, area: Area) => void {
  const hosts = new Set([...LOOPBACK_HOSTS, ...rules.allowedHosts.map(hostName)])
  const isKey = comparesTo(rules.apiKey.reveal())

  /** The last one that was allowed, as it came: nearly all requests come by one name. */
  let lastHost: string | null = null
  const requireHost = ({ headers, url }: FastifyRequest) => {
    // What the request line itself names goes before the header.
    const host = url.startsWith('/') ? (headers.host ?? '') : authorityOf(url)
    if (host === lastHost) return
    if (hosts.has(hostName(host))) {
      lastHost = host
      return
    }
    throw new OciProfilesError('HOST_NOT_ALLOWED', `The service is not called "${printable(host)}"`)
  }

  const requireOrigin = (request: FastifyRequest) => {
    const { origin, host } = request.headers
    if (origin === undefined || sameHost(origin, host)) return
    throw new OciProfilesError(
      'ORIGIN_NOT_ALLOWED',
      `Pages of "${printable(origin)}" may not call the service`,
    )
  }

  /** One of the two has to be right: a proxy in front may fill in the other. */
  const requireKey = ({ headers }: FastifyRequest) => {
    const key = headers['x-api-key']
    if (typeof key === 'string' && isKey(key)) return
    const bearer = bearerOf(headers.authorization)
    if (bearer !== null && isKey(bearer)) return
    const fact = key || bearer ? 'The API key is wrong' : 'The request has no API key'
    throw new OciProfilesError('UNAUTHENTICATED', fact)
  }

  return (request, area) => {
    requireOneHost(request)
    // Probes of an orchestrator call a pod by its address, which no setting can know.
    if (area !== 'health' || rules.loopbackOnly) requireHost(request)
    requireOrigin(request)
    if (area === 'api') requireKey(request)
  }
}

/** A second one may be what a proxy in front has looked at. */
function requireOneHost({ raw }: FastifyRequest): void {
  const count = hostCount(raw.rawHeaders)
  if (count === 1 || (count === 0 && raw.httpVersion === '1.0')) return
  const fact =
    count === 0 ? 'The request has no Host header' : 'The request has several Host headers'
  throw new OciProfilesError('BAD_REQUEST', fact)
}

/** Names and values take turns. */
function hostCount(rawHeaders: readonly string[]): number {
  let count = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]
    if (name?.length === 4 && name.toLowerCase() === 'host') count += 1
  }
  return count
}

/** `http://host:8000/path` → `host:8000`, which a proxy may write; empty for `*`. */
function authorityOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(url)?.[1] ?? ''
}

function bearerOf(authorization: string | undefined): string | null {
  if (authorization === undefined) return null
  return /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? null
}

/** Compares in constant time: always the same number of bytes, whatever was sent and however long the key is. */
function comparesTo(expected: string): (given: string) => boolean {
  const length = Buffer.byteLength(expected)
  const wanted = Buffer.alloc(Math.max(length, COMPARED_BYTES))
  const padded = Buffer.alloc(wanted.length)
  wanted.write(expected)
  return (given) => {
    padded.fill(0).write(given)
    const isEqual = timingSafeEqual(padded, wanted)
    return isEqual && Buffer.byteLength(given) === length
  }
}

function sameHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === stripDefault(host)
}

/** A browser leaves the default port out of Origin and Host alike; other clients may write it. */
function stripDefault(host: string): string {
  return host.toLowerCase().replace(/:(80|443)$/, '')
}

function hostName(host: string): string {
  const lower = host.toLowerCase().replace(/\.$/, '')
  if (lower.startsWith('[')) return lower.replace(/\]:\d*$/, ']')
  const isBareIpv6 = lower.split(':').length > 2
  return isBareIpv6 ? `[${lower}]` : lower.replace(/\.?:\d*$/, '')
}

function printable(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, '?').slice(0, 100)
}
