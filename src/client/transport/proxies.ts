/** Which proxy leads to a host: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, lower or upper case. Pure but for the environment handed in. */
import { isIP } from 'node:net'
import { OciProfilesError } from '../../errors.ts'
import { firstVariable, invalidVariable, type Environment } from '../environment.ts'
import type { Target } from './target.ts'

/** `isTls`: TLS to the proxy itself. */
export interface Proxy extends Target {
  /** `host:port`, without user and password. */
  label: string
  /** Name of the environment variable that names it. */
  variable: string
  /** Value of `Proxy-Authorization`: a secret. */
  authorization: string | null
}

export interface Proxies {
  https: Proxy | null
  http: Proxy | null
  /** `NO_PROXY`, split. */
  without: readonly string[]
}

export const NO_PROXIES: Proxies = { https: null, http: null, without: [] }

export function readProxies(env: Environment): Proxies {
  const without = firstVariable(env, ['no_proxy', 'NO_PROXY'])?.value ?? ''
  return {
    https: readProxy(env, ['https_proxy', 'HTTPS_PROXY']),
    http: readProxy(env, ['http_proxy', 'HTTP_PROXY']),
    without: without
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  }
}

/** The proxy on the way to a host, `null` for the direct way. */
export function proxyTo({ host, port, isTls }: Target, proxies: Proxies): Proxy | null {
  const proxy = isTls ? proxies.https : proxies.http
  if (!proxy || proxies.without.some((entry) => isExempt(host, port, entry))) return null
  // To a proxy elsewhere, loopback is itself: it could never lead back here.
  return isLoopback(host) && !isLoopback(proxy.host) ? null : proxy
}

function readProxy(env: Environment, names: readonly string[]): Proxy | null {
  const set = firstVariable(env, names)
  if (!set) return null
  const text = set.value.includes('://') ? set.value : `http://${set.value}`
  assertEncoded(text, set.name)
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname) {
    throw invalidVariable(
      set.name,
      'names no http or https proxy',
      'such as http://proxy.example:3128',
    )
  }
  const isTls = url.protocol === 'https:'
  const host = url.hostname.replaceAll(/[[\]]/g, '')
  const port = Number(url.port || (isTls ? 443 : 80))
  return {
    host,
    port,
    isTls,
    label: `${url.hostname}:${port}`,
    variable: set.name,
    authorization: basicAuthorization(url),
  }
}

/** Else a part of the password would be taken for the host, and shown as such. */
function assertEncoded(text: string, variable: string): void {
  const rest = text.replace(/^[^:]*:\/\//, '')
  const user = rest.slice(0, Math.max(rest.lastIndexOf('@'), 0))
  const loose = /[/\\?#]|%(?![0-9a-f]{2})/i.exec(user)?.[0] ?? (isDecodable(user) ? null : '%')
  if (loose === null) return
  const code = loose.charCodeAt(0).toString(16).toUpperCase()
  const message = `The environment variable ${variable} holds a ${loose} in the user or the password of the proxy`
  const fix = `Write it as %${code} in ${variable}, and so every other special character.`
  throw new OciProfilesError('SETTING_INVALID', message, { field: variable, fix })
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

function basicAuthorization({ username, password }: URL): string | null {
  if (!username && !password) return null
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}

/** `*`, a name and all below it, an address; each with a port where only that port is meant. */
function isExempt(host: string, port: number, entry: string): boolean {
  if (entry === '*') return true
  const { name, onlyPort } = isIP(entry) ? { name: entry, onlyPort: null } : splitPort(entry)
  if (onlyPort !== null && onlyPort !== port) return false
  const wanted = name.replace(/^\*?\./, '').replaceAll(/[[\]]/g, '')
  const actual = host.toLowerCase()
  return wanted !== '' && (actual === wanted || actual.endsWith(`.${wanted}`))
}

function splitPort(entry: string): { name: string; onlyPort: number | null } {
  const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? []
  return { name, onlyPort: port === undefined ? null : Number(port) }
}

function isLoopback(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith('127.')
  return host === '::1' || host === 'localhost' || host.endsWith('.localhost')
}
