/**
 * URL of a PostgreSQL server, as libpq reads it. Faults never show what was written: a password with a `/`, `?` or `&`
 * that is not percent-encoded ends up in any other part.
 */
import { Secret } from '../../secret.ts'
import type { Reading } from '../setting.ts'
import { acceptHost } from './host.ts'

const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const

type SslMode = (typeof SSL_MODES)[number]

export interface PostgresUrl {
  /** Name or address; for a socket the absolute path of its folder. */
  host: string
  port: number
  user: string
  password: Secret | null
  database: string
  sslMode: SslMode
  /** Path of a file with the CAs that are trusted; `system`: those of the system. */
  sslRootCert: string | null
  /** Paths of a certificate for this client and of its key: both or none. */
  sslCert: string | null
  sslKey: string | null
  applicationName: string
  connectTimeoutS: number
}

export const POSTGRES_EXPECTED = 'postgres://user:password@host:port/database'

const URL_PARTS =
  /^(?<scheme>postgres(?:ql)?:\/\/)(?:(?<who>[^/?]*)@)?(?<where>[^/?]*)(?:\/(?<database>[^?]*))?(?:\?(?<query>.*))?$/s
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/
const PARAMETERS = [
  'host',
  'port',
  'user',
  'password',
  'dbname',
  'ssl',
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'application_name',
  'connect_timeout',
  'target_session_attrs',
] as const

type Parameter = (typeof PARAMETERS)[number]
type Parameters = Partial<Record<Parameter, string>>

/** A fault that ends the reading, as the end of a sentence. */
class UrlFault extends Error {}

export function readPostgresUrl(text: string): Reading<PostgresUrl> {
  try {
    return { value: readParts(text) }
  } catch (error) {
    if (error instanceof UrlFault) return { fault: error.message }
    throw error
  }
}

function readParts(text: string): PostgresUrl {
  const { who, where = '', database, query } = splitUrl(text)
  const parameters = readParameters(query)
  const [user, password] = splitAt(who ?? '', ':')
  const address = readAddress(where, parameters)
  const name = requireText(parameters.user ?? decode(user), 'names no user')
  const secret = parameters.password ?? decode(password ?? '')
  requireKnownSession(parameters.target_session_attrs)
  return {
    ...address,
    user: name,
    password: secret === '' ? null : new Secret(secret),
    database: parameters.dbname || decode(database ?? '') || name,
    ...readTls(parameters),
    applicationName: parameters.application_name || 'oci-profiles',
    connectTimeoutS: readNumber(parameters.connect_timeout || '5', 1, 60, 'connect_timeout'),
  }
}

function splitUrl(text: string): Record<string, string | undefined> {
  const parts = CONTROL.test(text) ? undefined : URL_PARTS.exec(text)?.groups
  if (parts === undefined) throw new UrlFault('is not a location of a database')
  const { database = '', query = '' } = parts
  if (database.includes('@') || query.includes('@')) {
    throw new UrlFault('has a "/" or "?" in user or password: write %2F or %3F')
  }
  return parts
}

function readParameters(query: string | undefined): Parameters {
  const pairs = (query ?? '').split('&').filter((pair) => pair !== '')
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name, value = ''] = splitAt(pair, '=')
      return [requireParameter(name), decode(value)]
    }),
  )
}

function requireParameter(name: string): Parameter {
  const known = PARAMETERS.find((parameter) => parameter === name)
  if (known !== undefined) return known
  const shown = /^[a-z_]{1,32}$/.test(name) ? `the parameter ${name}` : 'a parameter'
  throw new UrlFault(`has ${shown} that is not known here; known are ${PARAMETERS.join(', ')}`)
}

function readAddress(where: string, parameters: Parameters): Pick<PostgresUrl, 'host' | 'port'> {
  if (where.includes(',') || parameters.host?.includes(',')) {
    throw new UrlFault('names several hosts; name one, which leads to the server that takes writes')
  }
  const { host, port } = /^(?<host>\[.*\]|[^:]*)(?::(?<port>.*))?$/.exec(where)?.groups ?? {}
  if (host === undefined) throw new UrlFault('names no host')
  return {
    host: requireHost(parameters.host || decode(host) || 'localhost'),
    port: readNumber(parameters.port || port || '5432', 1, 65_535, 'port'),
  }
}

function requireHost(text: string): string {
  const host = text.startsWith('/') ? text : acceptHost(text)
  if (host === undefined) throw new UrlFault('names a host that is none')
  return host
}

function readTls(
  parameters: Parameters,
): Pick<PostgresUrl, 'sslMode' | 'sslRootCert' | 'sslCert' | 'sslKey'> {
  const sslRootCert = parameters.sslrootcert || null
  const sslCert = parameters.sslcert || null
  const sslKey = parameters.sslkey || null
  const sslMode = readSslMode(parameters)
  if ((sslCert === null) !== (sslKey === null)) {
    throw new UrlFault('has one of sslcert and sslkey without the other')
  }
  if (sslMode === 'verify-ca' && sslRootCert === null) {
    throw new UrlFault('has sslmode=verify-ca without sslrootcert: name it, or use verify-full')
  }
  if (sslRootCert === 'system' && sslMode !== 'verify-full') {
    throw new UrlFault('has sslrootcert=system, which needs sslmode=verify-full')
  }
  return { sslMode, sslRootCert, sslCert, sslKey }
}

function readSslMode({ ssl, sslmode, sslrootcert }: Parameters): SslMode {
  if (!sslmode) {
    if (ssl === 'true') return 'require'
    return sslrootcert === 'system' ? 'verify-full' : 'prefer'
  }
  const mode = SSL_MODES.find((each) => each === sslmode)
  if (mode === undefined) {
    throw new UrlFault(`has an sslmode that is none of ${SSL_MODES.join(', ')}`)
  }
  return mode
}

/** The CORE database has to take writes, so these hold in any case. */
function requireKnownSession(value: string | undefined): void {
  if (value === undefined || ['any', 'read-write', 'primary'].includes(value)) return
  throw new UrlFault('has target_session_attrs for a server that takes no writes')
}

function readNumber(text: string, least: number, most: number, what: string): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : NaN
  if (value >= least && value <= most) return value
  throw new UrlFault(`has a ${what} that is no number from ${least} to ${most}`)
}

function requireText(text: string, fault: string): string {
  if (text === '') throw new UrlFault(fault)
  return text
}

function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text)
    if (!CONTROL.test(decoded)) return decoded
  } catch {
    throw new UrlFault('has a "%" that begins no percent-encoding: write %25')
  }
  throw new UrlFault('has a control character in it')
}

function splitAt(text: string, sign: string): [string, string | undefined] {
  const index = text.indexOf(sign)
  return index === -1 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)]
}

/** The same URL with a mask for the password, wherever it stands. `null` for what is no such URL. */
export function showPostgresUrl(text: string): string | null {
  if ('fault' in readPostgresUrl(text)) return null
  const { scheme, who, where, database, query } = splitUrl(text)
  const mask = new Secret('').toString()
  const [user, password] = splitAt(who ?? '', ':')
  const pairs = (query ?? '')
    .split('&')
    .map((pair) => (pair.startsWith('password=') ? `password=${mask}` : pair))
  return [
    scheme,
    who === undefined ? '' : `${user}${password ? `:${mask}` : ''}@`,
    where,
    database === undefined ? '' : `/${database}`,
    query === undefined ? '' : `?${pairs.join('&')}`,
  ].join('')
}
