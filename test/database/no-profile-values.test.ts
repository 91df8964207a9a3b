import { mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase, persistSettings } from '../../src/database/index.ts'
import type { Service } from '../../src/lifecycle.ts'
import { get, openSandbox, put, type Sandbox } from '../lifecycle/sandbox.ts'
import { makeCanaries, readFolder, type Canaries, type FileBytes } from './canaries.ts'
import { withSqlite } from './places.ts'
import { CORE, postgresIsMissing, startPostgres } from './postgres-server.ts'

/** Stored on purpose: what is not found must be known to be findable. */
const CONTROL = 'control-of-the-search-0123456789'

interface Store {
  url: string
  /** Everything that the database has ever written. */
  files(): Promise<FileBytes[]>
  /** The files that the control has to be found in, by a part of their paths. */
  where: string[]
}

/** Profiles by every way into the service; answers do not matter, what is stored does. */
async function sendProfiles(service: Service, canaries: Canaries): Promise<void> {
  const path = '/v1/oci-profiles'
  const send = (method: string, to: string, body: unknown = {}) =>
    get(service, to, { method, body: JSON.stringify(body) }).catch(() => null)
  const statuses: (number | undefined)[] = []
  const remember = async (answer: ReturnType<typeof send>) =>
    void statuses.push((await answer)?.status)

  const kept = canaries.profile('kept')
  await remember(send('POST', `${path}?keep_unusable=true`, kept))
  await remember(send('POST', path, canaries.profile('refused')))
  await remember(send('POST', path, { ...canaries.profile('invalid'), nonsense: canaries.value() }))
  const name = encodeURIComponent(String(kept['auth_profile']))
  const { auth_profile: _, ...changes } = canaries.profile('changed')
  await remember(send('PUT', `${path}/${name}?dry_run=true`, changes))
  await remember(send('PUT', `${path}/${name}`, changes))
  await remember(send('PUT', `${path}/DEFAULT`, { pass_phrase: canaries.value() }))
  await remember(send('POST', `${path}/${name}/check`))
  await remember(send('GET', `${path}/${name}/diagnosis`, undefined))
  await remember(send('POST', `${path}/reload`))
  await get(service, `${path}?include_sensitive=true`)

  const profile = canaries.profile('setting')
  const settings = [
    { oci_profile_configs: [profile] },
    { oci_profile_configs: [profile], log_level: 'debug' },
    { log_level: profile },
    { log_level: canaries.value() },
    { check_concurrency: canaries.value() },
    { default_profile: profile },
    { default_profile: [canaries.value()] },
    { api_key: canaries.value() },
    { database_url: `sqlite:/${canaries.value()}` },
    profile,
  ]
  for (const body of settings) expect((await put(service, '/v1/settings', body)).status).toBe(422)
  await remember(send('DELETE', `${path}/${name}`, undefined))
  expect(statuses.slice(0, 6)).toEqual([201, 422, 422, 422, 422, 422])
}

async function runService(sandbox: Sandbox, url: string, canaries: Canaries): Promise<void> {
  const { auth_profile, key_content: _, ...fields } = canaries.profile('file')
  const lines = Object.entries({ ...fields, key_content: canaries.value() })
  const section = [`[${auth_profile}]`, ...lines.map(([name, value]) => `${name}=${value}`)]
  const configFile = join(sandbox.folder, 'canaries.conf')
  await writeFile(configFile, `${section.join('\n')}\n`)
  await writeFile(
    join(sandbox.folder, 'configuration.json'),
    JSON.stringify({ oci_profile_configs: [canaries.profile('configuration')] }),
  )
  const service = await sandbox.start({
    env: {
      OCI_PROFILES_DATABASE_URL: url,
      OCI_CLI_CONFIG_FILE: configFile,
      OCI_CLI_USER: `ocid1.user.oc1..${canaries.value()}`,
      OCI_CLI_PASSPHRASE: canaries.value(),
      OCI_CLI_KEY_CONTENT: canaries.value(),
      OCI_CLI_REGION: canaries.value(),
    },
  })
  await service.checked
  expect((await get(service, '/v1/oci-profiles')).json).toHaveLength(2)
  await sendProfiles(service, canaries)
  const stored = await put(service, '/v1/settings', {
    default_profile: CONTROL,
    log_level: 'warn',
    check_concurrency: 3,
  })
  expect(stored.status).toBe(200)
  await service.stop()
}

/** What the library lets through when it is asked to store profiles. */
async function persistProfiles(url: string, canaries: Canaries): Promise<void> {
  const database = await openDatabase(url)
  const profile = canaries.profile('library')
  await persistSettings(database, {
    ...profile,
    oci_profile_configs: [profile],
    OCI_PROFILE_CONFIGS: profile,
    api_key: canaries.value(),
    database_url: canaries.value(),
    check_interval_s: 60,
  })
  for (const name of ['log_level', 'default_profile', 'check_concurrency']) {
    const error: unknown = await persistSettings(database, { [name]: profile }).catch(
      (fault: unknown) => fault,
    )
    expect(error).toMatchObject({ code: 'SETTING_INVALID' })
  }
  await database.close()
}

async function search(store: Store, sandbox: Sandbox): Promise<void> {
  const canaries = makeCanaries()
  await runService(sandbox, store.url, canaries)
  await persistProfiles(store.url, canaries)
  const files = await store.files()
  for (const part of store.where) {
    const known = files.filter(({ path }) => path.includes(part))
    expect([part, known.some(({ bytes }) => bytes.includes(CONTROL))]).toEqual([part, true])
  }
  const found = files.flatMap(({ path, bytes }) =>
    canaries.foundIn(bytes).map((canary) => `${canary} in ${path}`),
  )
  expect(found).toEqual([])
}

describe('no value of a profile is ever written', { timeout: 120_000 }, () => {
  test('to SQLite', async () => {
    const sandbox = await openSandbox()
    onTestFinished(() => sandbox.close())
    const folder = join(sandbox.folder, 'database')
    mkdirSync(folder)
    const path = join(folder, 'core.db')
    // As long as somebody has the file open, nothing of the write-ahead log is put away.
    const keeper = await openDatabase(`sqlite:${path}`)
    onTestFinished(() => keeper.close())
    withSqlite(path, (file) => file.exec('pragma wal_autocheckpoint = 0'))
    const files = async () => {
      const open = readFolder(folder)
      expect(open.map((file) => file.path.slice(path.length)).toSorted()).toEqual([
        '',
        '-shm',
        '-wal',
      ])
      withSqlite(path, (file) => file.exec('pragma wal_checkpoint(full)'))
      return [...open, ...readFolder(folder)]
    }
    await search({ url: `sqlite:${path}`, files, where: ['core.db-wal'] }, sandbox)
    await keeper.close()
    const [file] = readFolder(folder)
    expect(file?.bytes.includes(CONTROL)).toBe(true)
  })

  test.skipIf(postgresIsMissing)(`to PostgreSQL${postgresIsMissing ?? ''}`, async () => {
    const server = await startPostgres({
      // Every statement that is sent, with its values: also what is rolled back or only asked for is searched.
      settings: [`log_statement = 'all'`, 'logging_collector = on', `log_filename = 'all.log'`],
    })
    onTestFinished(() => server.close())
    const sandbox = await openSandbox()
    onTestFinished(() => sandbox.close())
    const name = await server.createDatabase()
    const files = async () => {
      await server.query('checkpoint')
      const written = readFolder(server.dataFolder)
      return [...written, { path: 'dump', bytes: await dump(server.query, name) }]
    }
    const where = ['dump', '/pg_wal/', '/base/', '/log/all.log']
    await search({ url: server.url(name, CORE), files, where }, sandbox)
  })

  test('and this search finds what is there, in every form', () => {
    const canaries = makeCanaries()
    const [plain, hex, base64] = [canaries.value(), canaries.value(), canaries.value()]
    canaries.value()
    const text = [
      `"${plain}"`,
      Buffer.from(`x${hex}`).toString('hex'),
      Buffer.from(`ab${base64}`).toString('base64'),
    ].join()
    expect(canaries.foundIn(Buffer.from(text))).toEqual([plain, hex, base64])
  })
})

/** Every row of every table that is not the system's own. */
async function dump(
  query: (sql: string, database: string) => Promise<Record<string, any>[]>,
  database: string,
): Promise<Buffer> {
  const tables = await query(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema not in ('pg_catalog', 'information_schema')`,
    database,
  )
  expect(tables.map(({ name }) => String(name)).toSorted()).toEqual([
    'oci_profiles.oci_profiles_migrations',
    'oci_profiles.settings',
    'oci_profiles.settings_version',
  ])
  const rows = await Promise.all(
    tables.map(({ name }) => query(`select row_to_json(t)::text from ${name} t`, database)),
  )
  return Buffer.from(JSON.stringify(rows))
}
