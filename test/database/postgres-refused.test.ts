import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { connect as connectSecurely } from 'node:tls'
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { toPem, writeCertificate } from '../../emulator/certificates/index.ts'
import { openDatabase } from '../../src/database/index.ts'
import { OciProfilesError } from '../../src/errors.ts'
import { makeLoopbackCertificate } from '../fixtures/certificates.ts'
import { testKey, type TestKey } from '../fixtures/identities.ts'
import { openAt, useServer } from './places.ts'
import { CORE, postgresIsMissing, startPostgres, type PostgresServer } from './postgres-server.ts'

/** What an opening is refused with; nothing of it may name the user or the password. */
async function refusalOf(url: string): Promise<OciProfilesError> {
  const outcome: unknown = await openDatabase(url).catch((error: unknown) => error)
  if (!(outcome instanceof OciProfilesError)) throw new Error('the database was opened')
  const told = JSON.stringify([outcome, outcome.message, String(outcome.cause), outcome.stack])
  expect(told).not.toMatch(/CANARY|p%40ss|"core"/)
  expect(outcome.field).toBe('database_url')
  return outcome
}

describe.skipIf(postgresIsMissing)(`PostgreSQL refuses${postgresIsMissing ?? ''}`, () => {
  const server = useServer({
    settings: ['max_connections = 12'],
    access: ['host all forbidden 127.0.0.1/32 reject'],
  })

  const FAULTS: [string, (database: string) => string, string, string][] = [
    [
      'a wrong password',
      (database) => server().url(database, { user: 'core', password: 'CANARY-wrong' }),
      'DATABASE_DENIED',
      'refuses the password',
    ],
    [
      'a URL without the password',
      (database) => server().url(database, { user: 'core', password: '' }),
      'DATABASE_DENIED',
      'asks for a password, and database_url has none',
    ],
    [
      'a user that it does not know',
      (database) => server().url(database, { user: 'CANARY-user', password: 'CANARY-wrong' }),
      'DATABASE_DENIED',
      'refuses the password',
    ],
    [
      'a user that may not come in from here',
      (database) => server().url(database, { user: 'forbidden', password: 'CANARY-wrong' }),
      'DATABASE_DENIED',
      'does not let this user in from here',
    ],
    [
      'a database that is not there',
      () => server().url('missing'),
      'DATABASE_UNAVAILABLE',
      'has no database of this name',
    ],
    [
      'TLS where it speaks none',
      (database) => server().url(database, CORE, 'sslmode=require'),
      'DATABASE_TLS_FAILED',
      'speaks no TLS',
    ],
  ]

  test.each(FAULTS)('%s, and the refusal says so', async (_what, url, code, fact) => {
    const error = await refusalOf(url(await server().createDatabase()))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(new RegExp(`^PostgreSQL at 127\\.0\\.0\\.1:\\d+/\\w+ ${fact}$`))
    expect(error.fix).not.toBe('')
  })

  test('one connection too many, until there is room', async () => {
    const name = await server().createDatabase()
    await server().query(`alter role core connection limit 0`)
    const error = await refusalOf(server().url(name))
    await server().query(`alter role core connection limit -1`)
    expect(error).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringContaining('has no connection left'),
    })
    await openAt(server().url(name))
  })

  test('a user without the right to make a schema, and the refusal says which statement helps', async () => {
    const name = await server().createDatabase()
    await server().query(`alter database ${name} owner to postgres`)
    const error = await refusalOf(server().url(name))
    expect(error).toMatchObject({ code: 'DATABASE_DENIED' })
    expect(error.message).toContain('does not let its user make it')
    await obey(error, name)
    await (await openAt(server().url(name))).writeSettings({ log_level: 'warn' })
  })

  test('a user without the right to make tables, and the refusal says which statement helps', async () => {
    const name = await server().createDatabase()
    await server().query(`create schema oci_profiles`, name)
    const error = await refusalOf(server().url(name))
    expect(error).toMatchObject({ code: 'DATABASE_DENIED' })
    await obey(error, name)
    await (await openAt(server().url(name))).writeSettings({ log_level: 'warn' })
  })

  test.each([
    ['nothing of the tables', ''],
    ['to read only', 'grant select on all tables in schema oci_profiles to reader'],
    [
      'all but to remove',
      'grant select, insert, update on all tables in schema oci_profiles to reader',
    ],
  ])('a user who may do %s, and the refusal says which statement helps', async (_what, grant) => {
    const name = await server().createDatabase()
    await (await openAt(server().url(name))).close()
    await server().query(`create role reader login password '${CORE.password}'`)
    onTestFinished(async () => {
      await server().query(`drop owned by reader`, name)
      await server().query(`drop role reader`)
    })
    if (grant) await server().query(`grant usage on schema oci_profiles to reader; ${grant}`, name)
    const url = server().url(name, { ...CORE, user: 'reader' })
    const error = await refusalOf(url)
    expect(error).toMatchObject({ code: 'DATABASE_DENIED' })
    await obey(error, name, 'reader')
    // The right to make anything is not needed where everything is there.
    await (await openAt(url)).writeSettings({ log_level: 'warn' })
  })

  test("a schema of the same name that is another program's, and leaves it as it is", async () => {
    const name = await server().createDatabase()
    await server().query(`create schema oci_profiles; create table oci_profiles.theirs ()`, name)
    await server().query(`alter schema oci_profiles owner to core`, name)
    const error = await refusalOf(server().url(name))
    expect(error).toMatchObject({ code: 'DATABASE_INVALID' })
    const tables = `select relname from pg_class where relnamespace = 'oci_profiles'::regnamespace`
    expect(await server().query(tables, name)).toEqual([{ relname: 'theirs' }])
  })

  test('nothing because of tables of other programs elsewhere in the database', async () => {
    const name = await server().createDatabase()
    await server().query(
      `create table settings (theirs text); insert into settings values ('kept');
       alter database ${name} set search_path = public`,
      name,
    )
    await (await openAt(server().url(name))).writeSettings({ log_level: 'warn' })
    expect(await server().query(`select * from public.settings`, name)).toEqual([
      { theirs: 'kept' },
    ])
  })

  /** Sends the statements that a fix names, as an administrator would. */
  async function obey({ fix }: OciProfilesError, database: string, user = 'core'): Promise<void> {
    const sql = fix.slice(fix.indexOf(': ') + 2).replaceAll('<user>', user)
    await server().query(sql, database)
  }
})

describe.skipIf(postgresIsMissing)(`the URL alone decides${postgresIsMissing ?? ''}`, () => {
  const server = useServer()

  test('and no variable for PostgreSQL', async () => {
    const name = await server().createDatabase()
    const wrong = { PGHOST: 'nowhere.invalid', PGPORT: '1', PGUSER: 'x', PGDATABASE: 'x' }
    const strange = { PGOPTIONS: '-c nonsense=1', PGSSLMODE: 'require', PGREPLICATION: 'database' }
    const more = { PGPASSWORD: CORE.password, PGAPPNAME: 'x', PGCLIENT_ENCODING: 'LATIN1' }
    for (const [key, value] of Object.entries({ ...wrong, ...strange, ...more })) {
      vi.stubEnv(key, value)
    }
    await openAt(server().url(name))
    const withoutPassword = server().url(name, { user: 'core', password: '' })
    expect(await refusalOf(withoutPassword)).toMatchObject({ code: 'DATABASE_DENIED' })
  })

  test('and its name for the connection is what the server shows', async () => {
    const name = await server().createDatabase()
    await openAt(server().url(name))
    await openAt(server().url(name, CORE, 'application_name=a+b'))
    const names = `select distinct application_name as name from pg_stat_activity where datname = '${name}' order by 1`
    expect(await server().query(names)).toEqual([{ name: 'a+b' }, { name: 'oci-profiles' }])
  })

  test('and a socket is as good as an address', async () => {
    const name = await server().createDatabase()
    const query = `host=${encodeURIComponent(server().folder)}&port=${server().port}`
    const database = await openAt(`postgres://core@/${name}?${query}&sslmode=verify-full`)
    await database.writeSettings({ log_level: 'warn' })
    const missing = await refusalOf(`postgres://core@/${name}?host=/nowhere`)
    expect(missing).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: `PostgreSQL at /nowhere:5432/${name} has no socket there`,
    })
  })
})

test.each([
  ['postgres://core:CANARY@127.0.0.1:1/core', 'refuses the connection'],
  [
    'postgres://core:CANARY@db.invalid/core',
    'cannot be found: the name of its host does not resolve',
  ],
])('a server that cannot be reached says why: %s', async (url, fact) => {
  const error = await refusalOf(url)
  expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  expect(error.message).toContain(fact)
})

describe.skipIf(postgresIsMissing)(`TLS${postgresIsMissing ?? ''}`, () => {
  let server: PostgresServer
  let folder: string
  let key: TestKey
  beforeAll(async () => {
    key = await testKey()
    const certificate = makeLoopbackCertificate(key)
    server = await startPostgres({
      tls: { certificate, key: key.privatePem },
      settings: [`ssl_ca_file = 'server.crt'`],
      access: ['hostnossl all core 127.0.0.1/32 reject', 'hostssl all certified 127.0.0.1/32 cert'],
    })
    folder = join(server.folder, 'certificates')
    mkdirSync(folder)
    writeFileSync(join(folder, 'ca.pem'), certificate)
    writeFileSync(join(folder, 'other.pem'), makeLoopbackCertificate(await testKey('second')))
    return () => server.close()
  }, 60_000)

  /** Signed by the CA that the server shows and trusts, which is one and the same. */
  function certify(name: string, hosts: string[] = []): string {
    const certificate = writeCertificate({
      subject: [[['CN', name]]],
      publicKey: key.publicKey,
      issuer: { name: [[['CN', hosts.length > 0 ? name : 'loopback']]], ...key },
      notBefore: Date.now() - 60_000,
      notAfter: Date.now() + 3_600_000,
      ca: hosts.length > 0,
      hosts,
    })
    return toPem('CERTIFICATE', certificate)
  }

  async function showCertificate(certificate: string): Promise<void> {
    writeFileSync(join(server.dataFolder, 'server.crt'), certificate)
    await server.query('select pg_reload_conf()')
    const shown = (): Promise<string> =>
      new Promise((resolve, reject) => {
        const socket = connect(server.port, '127.0.0.1', () => {
          socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]))
        })
        socket.on('error', reject).once('data', () => {
          const secure = connectSecurely({ socket, rejectUnauthorized: false }, () => {
            resolve(secure.getPeerX509Certificate()?.toString() ?? '')
            secure.destroy()
          })
        })
      })
    await vi.waitFor(async () => expect(await shown()).toBe(certificate), 10_000)
  }

  /** `~` stands for the folder with the certificates. */
  const urlWith = async (query: string, host = '127.0.0.1') =>
    server
      .url(await server.createDatabase(), CORE, query.replaceAll('~', folder))
      .replace('@127.0.0.1', `@${host}`)

  test.each([
    ['', 'nobody asks for it'],
    ['sslmode=prefer', 'it is preferred'],
    ['sslmode=require', 'it is required, whoever signed the certificate'],
    ['sslmode=require&sslrootcert=~/ca.pem', 'it is required with a CA that signed'],
    ['sslmode=verify-ca&sslrootcert=~/ca.pem', 'the CA is verified'],
    ['sslmode=verify-full&sslrootcert=~/ca.pem', 'CA and name are verified'],
  ])('is spoken with %s: %s', async (query) => {
    const database = await openAt(await urlWith(query))
    await database.writeSettings({ log_level: 'warn' })
    const used = `select bool_and(ssl) as ssl from pg_stat_ssl join pg_stat_activity using (pid)
      where usename = 'core'`
    expect(await server.query(used)).toEqual([{ ssl: true }])
  })

  test.each([
    ['sslmode=disable', 'DATABASE_DENIED', 'does not let this user in from here'],
    ['sslmode=verify-full', 'DATABASE_TLS_FAILED', 'shows no certificate to trust'],
    [
      'sslmode=verify-full&sslrootcert=~/other.pem',
      'DATABASE_TLS_FAILED',
      'shows no certificate to trust',
    ],
    [
      'sslmode=verify-ca&sslrootcert=~/other.pem',
      'DATABASE_TLS_FAILED',
      'shows no certificate to trust',
    ],
    [
      'sslmode=require&sslrootcert=~/other.pem',
      'DATABASE_TLS_FAILED',
      'shows no certificate to trust',
    ],
    ['sslrootcert=system', 'DATABASE_TLS_FAILED', 'shows no certificate to trust'],
    ['sslmode=verify-ca&sslrootcert=~/none.pem', 'DATABASE_TLS_FAILED', 'cannot be read (ENOENT)'],
  ])('is refused with %s: %s, %s', async (query, code, fact) => {
    const error = await refusalOf(await urlWith(query))
    expect(error.code).toBe(code)
    expect(error.message).toContain(fact)
  })

  test('of a server with another name is refused where the name is verified', async () => {
    const another = certify('another', ['db.example'])
    writeFileSync(join(folder, 'another.pem'), another)
    await showCertificate(another)
    onTestFinished(() => showCertificate(makeLoopbackCertificate(key)))
    const error = await refusalOf(await urlWith('sslmode=verify-full&sslrootcert=~/another.pem'))
    expect(error.code).toBe('DATABASE_TLS_FAILED')
    expect(error.message).toContain('shows a certificate for another name')
    await openAt(await urlWith('sslmode=verify-ca&sslrootcert=~/another.pem'))
  })

  test('lets a certificate stand for the password', async () => {
    const name = await server.createDatabase()
    await server.query(`create role certified login; grant create on database ${name} to certified`)
    writeFileSync(join(folder, 'client.pem'), certify('certified'))
    writeFileSync(join(folder, 'client.key'), key.privatePem)
    const query = `sslcert=${folder}/client.pem&sslkey=${folder}/client.key`
    const account = { user: 'certified', password: '' }
    const database = await openAt(server.url(name, account, `sslmode=require&${query}`))
    await database.writeSettings({ log_level: 'warn' })
    const without = await refusalOf(server.url(name, account, 'sslmode=require'))
    expect(without.code).toBe('DATABASE_DENIED')
  })

  test('is not switched off by the environment', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    // Node warns of the variable.
    vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const error = await refusalOf(await urlWith('sslmode=verify-full'))
    expect(error).toMatchObject({ code: 'DATABASE_TLS_FAILED' })
  })
})
