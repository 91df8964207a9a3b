import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OciProfilesError } from '../../src/errors.ts'
import { readPostgresUrl, type PostgresUrl } from '../../src/settings/index.ts'
import { loadOn } from './load.ts'

const PASSWORD = 'hunter22'

function read(url: string): PostgresUrl {
  const reading = readPostgresUrl(url)
  if ('fault' in reading) throw new Error(reading.fault)
  return reading.value
}

const DEFAULTS = {
  host: 'localhost',
  port: 5432,
  user: 'core',
  database: 'core',
  sslMode: 'prefer',
  sslRootCert: null,
  sslCert: null,
  sslKey: null,
  applicationName: 'oci-profiles',
  connectTimeoutS: 5,
}

const ACCEPTED: [string, object][] = [
  ['postgres://core@', {}],
  ['postgres://core@/', {}],
  ['postgresql://core@db', { host: 'db' }],
  [
    'postgres://core@DB.example.com.:6432/settings',
    { host: 'db.example.com', port: 6432, database: 'settings' },
  ],
  ['postgres://core@[::1]:6432/', { host: '::1', port: 6432 }],
  ['postgres://core@[::1]', { host: '::1' }],
  ['postgres://core@10.0.0.7', { host: '10.0.0.7' }],
  ['postgres://a%40b@db/c%2Fd%20e', { host: 'db', user: 'a@b', database: 'c/d e' }],
  ['postgres://core@/x?host=/run/postgresql', { host: '/run/postgresql', database: 'x' }],
  ['postgres://core@%2Frun%2Fpostgresql/x', { host: '/run/postgresql', database: 'x' }],
  ['postgres:///x?user=core&host=db&port=1', { host: 'db', port: 1, database: 'x' }],
  ['postgres://other@db/y?user=core&dbname=x', { host: 'db', database: 'x' }],
  ['postgres://core@db?sslmode=disable', { host: 'db', sslMode: 'disable' }],
  ['postgres://core@db?ssl=true', { host: 'db', sslMode: 'require' }],
  ['postgres://core@db?sslmode=require', { host: 'db', sslMode: 'require' }],
  [
    'postgres://core@db?sslmode=verify-ca&sslrootcert=/etc/ca%20x.pem',
    { host: 'db', sslMode: 'verify-ca', sslRootCert: '/etc/ca x.pem' },
  ],
  ['postgres://core@db?sslmode=verify-full', { host: 'db', sslMode: 'verify-full' }],
  [
    'postgres://core@db?sslrootcert=system',
    { host: 'db', sslMode: 'verify-full', sslRootCert: 'system' },
  ],
  [
    'postgres://core@db?sslcert=c.pem&sslkey=k.pem',
    { host: 'db', sslCert: 'c.pem', sslKey: 'k.pem' },
  ],
  [
    'postgres://core@db?application_name=a+b&connect_timeout=20',
    { host: 'db', applicationName: 'a+b', connectTimeoutS: 20 },
  ],
  ['postgres://core@db?target_session_attrs=read-write&', { host: 'db' }],
]

test.each(ACCEPTED)('%s is read as libpq reads it', (url, fields) => {
  const { password, ...rest } = read(url)
  expect(rest).toEqual({ ...DEFAULTS, ...fields })
  expect(password).toBeNull()
})

test.each([
  ['postgres://core:a%2Fb%3F%40%25%20c@db', 'a/b?@% c'],
  ['postgres://core:p@ss@db', 'p@ss'],
  ['postgres://core:p#ss:w&o=rd@db', 'p#ss:w&o=rd'],
  ['postgres://core:a+b@db', 'a+b'],
  ['postgres://core:first@db?password=sec%26ond', 'sec&ond'],
  ['postgres://core:%C3%BC@db', 'ü'],
])('the password of %s is %s', (url, password) => {
  expect(read(url).password?.reveal()).toBe(password)
  expect(read(url).host).toBe('db')
})

test('whatever the password is, percent-encoded it arrives, and is shown nowhere', async () => {
  const printable = fc.string({ minLength: 8, unit: 'grapheme' })
  await fc.assert(
    fc.asyncProperty(printable, async (password) => {
      // oxlint-disable-next-line no-control-regex
      fc.pre(!/[\u0000-\u001f\u007f]/.test(password))
      const secret = `~${password}~`
      const encoded = encodeURIComponent(secret)
      const url = `postgres://core:${encoded}@db/core`
      expect(read(url).password?.reveal()).toBe(secret)
      const shown = await shownOf(url)
      expect(shown).toBe('postgres://core:********@db/core')
    }),
    { numRuns: 50 },
  )
})

const REFUSED: [string, string][] = [
  ['postgres:', 'is not a location'],
  ['postgres:/core@db', 'is not a location'],
  ['POSTGRES://core:hunter22@db', 'is not a location'],
  ['postgres://core:hunter\n22@db', 'is not a location'],
  ['postgres://db/core', 'names no user'],
  ['postgres://:hunter22@db/core', 'names no user'],
  ['postgres://core:hunter22@one,two/core', 'names several hosts'],
  ['postgres://core:hunter22@/core?host=one,two', 'names several hosts'],
  ['postgres://core:hunter22@a b/core', 'names a host that is none'],
  ['postgres://core:hunter22@db:0/core', 'has a port'],
  ['postgres://core:hunter22@db:hunter22/core', 'has a port'],
  ['postgres://core:hun/ter22@db/core', 'has a "/" or "?" in user or password'],
  ['postgres://core:hun?ter22@db/core', 'has a "/" or "?" in user or password'],
  ['postgres://core:hunter22%zz@db/core', 'has a "%"'],
  ['postgres://core:hunter22%00@db/core', 'has a control character'],
  ['postgres://core@db/core?pasword=hunter22', 'has the parameter pasword'],
  ['postgres://core@db/core?hunter-22=1', 'has a parameter that is not known'],
  ['postgres://core:hunter22@db?sslmode=no-verify', 'has an sslmode'],
  ['postgres://core:hunter22@db?sslmode=verify-ca', 'has sslmode=verify-ca without sslrootcert'],
  ['postgres://core:hunter22@db?sslmode=require&sslrootcert=system', 'has sslrootcert=system'],
  ['postgres://core:hunter22@db?sslcert=c.pem', 'has one of sslcert and sslkey'],
  ['postgres://core:hunter22@db?connect_timeout=0', 'has a connect_timeout'],
  ['postgres://core:hunter22@db?target_session_attrs=standby', 'has target_session_attrs'],
]

test.each(REFUSED)('%j is refused with the reason, and without showing it', async (url, fact) => {
  const error: unknown = await loadOn({ env: { OCI_PROFILES_DATABASE_URL: url } }).catch(
    (fault: unknown) => fault,
  )
  expect(error).toBeInstanceOf(OciProfilesError)
  expect(error).toMatchObject({ code: 'SETTING_INVALID', field: 'database_url' })
  const { message } = error as Error
  expect(message).toContain(`OCI_PROFILES_DATABASE_URL ${fact}`)
  expect(message).toContain('expected sqlite:/absolute/path/to/file or postgres://')
  expect(JSON.stringify([error, String(error)])).not.toMatch(/hunter|ter22/)
})

describe('GET /v1/settings shows of database_url', () => {
  const where = 'db.example.com:6432/core?sslmode=verify-full'
  test.each([
    [`postgres://core:${PASSWORD}@${where}`, `postgres://core:********@${where}`],
    [`postgres://core@${where}`, `postgres://core@${where}`],
    [
      `postgres://core@db?password=${PASSWORD}&port=1`,
      'postgres://core@db?password=********&port=1',
    ],
    [
      `postgres://core:${PASSWORD}@db?password=${PASSWORD}`,
      'postgres://core:********@db?password=********',
    ],
    [
      `postgresql:///core?user=core&password=${PASSWORD}`,
      'postgresql:///core?user=core&password=********',
    ],
    ['sqlite:/srv/core.db', 'sqlite:/srv/core.db'],
  ])('%s: %s', async (url, shown) => {
    expect(await shownOf(url)).toBe(shown)
  })
})

async function shownOf(url: string): Promise<unknown> {
  const settings = await loadOn({ env: { OCI_PROFILES_DATABASE_URL: url } })
  expect(settings.get('database_url').reveal()).toBe(url)
  return settings.entries().database_url.value
}
