/** Failures of the server, of its driver and of the way to it in words, with a code. */
import { OciProfilesError } from '../../errors.ts'
import type { PostgresUrl } from '../../settings/index.ts'

type DatabaseCode =
  | 'DATABASE_UNAVAILABLE'
  | 'DATABASE_DENIED'
  | 'DATABASE_TLS_FAILED'
  | 'DATABASE_READ_ONLY'

/** Code, fact and, where it can be more exact than the code's own, what to do. None of them names user or password. */
type Explanation = [DatabaseCode, string, string?]

const USAGE_GRANT =
  'Run on the server: GRANT USAGE ON SCHEMA oci_profiles TO <user>; ' +
  'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA oci_profiles TO <user>;'
const ANSWERING = 'Check that the server runs and that a firewall lets this machine through.'

export const READ_ONLY: Explanation = [
  'DATABASE_READ_ONLY',
  'takes no writes',
  'Name the server that takes writes in database_url; after a failover it is found again by itself.',
]
export const MAY_NOT_USE: Explanation = [
  'DATABASE_DENIED',
  'does not let its user read and write the tables of the schema oci_profiles',
  USAGE_GRANT,
]
export const MAY_NOT_CREATE_SCHEMA: Explanation = [
  'DATABASE_DENIED',
  'has no schema oci_profiles, and does not let its user make it',
  'Run on the server, in this database: CREATE SCHEMA oci_profiles AUTHORIZATION <user>;',
]
export const MAY_NOT_CREATE_TABLES: Explanation = [
  'DATABASE_DENIED',
  'does not let its user make tables in the schema oci_profiles',
  'Run on the server, in this database: GRANT USAGE, CREATE ON SCHEMA oci_profiles TO <user>;',
]

const CROSSED: Explanation = [
  'DATABASE_UNAVAILABLE',
  'ended the transaction, because another one came across it',
  'Try again.',
]

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const BY_SQLSTATE: Record<string, Explanation> = {
  '25006': READ_ONLY,
  '28000': [
    'DATABASE_DENIED',
    'does not let this user in from here',
    'Correct the user in database_url, or add a line to pg_hba.conf; if that line asks for TLS, set sslmode=require.',
  ],
  '28P01': [
    'DATABASE_DENIED',
    'refuses the password',
    'Correct user and password in database_url; signs in them are percent-encoded.',
  ],
  '3D000': [
    'DATABASE_UNAVAILABLE',
    'has no database of this name',
    'Create the database on the server, or correct its name in database_url.',
  ],
  '3F000': ['DATABASE_UNAVAILABLE', 'has lost the schema oci_profiles'],
  '40001': CROSSED,
  '40P01': CROSSED,
  '42501': MAY_NOT_USE,
  '42P01': ['DATABASE_UNAVAILABLE', 'has lost tables of the schema oci_profiles'],
  '53100': ['DATABASE_UNAVAILABLE', 'cannot write: its disk is full', 'Make room on the server.'],
  '53300': [
    'DATABASE_UNAVAILABLE',
    'has no connection left',
    'Raise max_connections, or the limit of the user; each replica takes up to three.',
  ],
  '57014': ['DATABASE_UNAVAILABLE', 'ended a statement that took too long'],
  '57P01': ['DATABASE_UNAVAILABLE', 'is shutting down', ANSWERING],
  '57P02': ['DATABASE_UNAVAILABLE', 'is shutting down', ANSWERING],
  '57P03': ['DATABASE_UNAVAILABLE', 'is starting or shutting down', ANSWERING],
}

const BROKEN_OFF: Explanation = ['DATABASE_UNAVAILABLE', 'broke off the connection', ANSWERING]
const UNREACHABLE: Explanation = ['DATABASE_UNAVAILABLE', 'cannot be reached', ANSWERING]
const NO_NAME: Explanation = [
  'DATABASE_UNAVAILABLE',
  'cannot be found: the name of its host does not resolve',
  'Correct the host in database_url, or the DNS.',
]
const TOO_LATE: Explanation = ['DATABASE_UNAVAILABLE', 'does not answer', ANSWERING]

/** Codes of Node's errors. */
const BY_ERRNO: Record<string, Explanation> = {
  ECONNREFUSED: ['DATABASE_UNAVAILABLE', 'refuses the connection', ANSWERING],
  ENOENT: ['DATABASE_UNAVAILABLE', 'has no socket there', ANSWERING],
  EACCES: ['DATABASE_DENIED', 'does not let this user of the system use its socket'],
  ENOTFOUND: NO_NAME,
  EAI_AGAIN: NO_NAME,
  ETIMEDOUT: TOO_LATE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ECONNRESET: BROKEN_OFF,
  EPIPE: BROKEN_OFF,
}

/** The driver tells these by their words alone. */
const BY_WORDS: [RegExp, Explanation][] = [
  [
    /does not support SSL/,
    [
      'DATABASE_TLS_FAILED',
      'speaks no TLS',
      'Set up TLS on the server, or sslmode=disable in database_url if the network may be trusted.',
    ],
  ],
  [/establishing an SSL/, ['DATABASE_TLS_FAILED', 'did not answer as a server of PostgreSQL does']],
  [
    /^SASL.*client password/,
    ['DATABASE_DENIED', 'asks for a password, and database_url has none', 'Add the password.'],
  ],
  [/^SASL/, ['DATABASE_DENIED', 'and this client found no way to authenticate']],
  [/time(?:d )?-?out/i, TOO_LATE],
  [/terminated|not queryable|destroyed|after calling end/, BROKEN_OFF],
]

const TLS_CODE =
  /^(?:CERT_|CRL_|ERR_TLS_|ERR_SSL_|SELF_SIGNED_|UNABLE_TO_|DEPTH_ZERO_|HOSTNAME_MISMATCH|EPROTO)/

/** What a person can be told. The driver's own words stay out, also as a cause: they name users, hosts and values. */
export function explainFault(error: unknown, url: PostgresUrl): OciProfilesError {
  if (error instanceof OciProfilesError) return error
  return makeFault(explain(error), url)
}

export function makeFault(
  [code, fact, fix]: Explanation,
  { host, port, database }: PostgresUrl,
): OciProfilesError {
  const place = `${host.includes(':') ? `[${host}]` : host}:${port}/${database}`
  return new OciProfilesError(code, `PostgreSQL at ${place} ${fact}`, {
    field: 'database_url',
    fix,
  })
}

/** True where the server wants no TLS, so that another way is open. */
export function isTlsRefused(error: unknown): boolean {
  return error instanceof Error && /does not support SSL/.test(error.message)
}

function explain(error: unknown): Explanation {
  if (!(error instanceof Error)) return ['DATABASE_UNAVAILABLE', 'failed']
  const code = 'code' in error ? String(error.code) : ''
  const known = BY_SQLSTATE[code] ?? BY_ERRNO[code]
  if (known) return known
  if (TLS_CODE.test(code)) return explainTls(code)
  const [, byWords] = BY_WORDS.find(([words]) => words.test(error.message)) ?? []
  return byWords ?? ['DATABASE_UNAVAILABLE', `failed (${code || error.name})`]
}

function explainTls(code: string): Explanation {
  const isNamed = code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH'
  const fact = isNamed ? 'shows a certificate for another name' : 'shows no certificate to trust'
  return ['DATABASE_TLS_FAILED', `${fact} (${code})`]
}
