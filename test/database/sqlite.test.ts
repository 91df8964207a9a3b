import { existsSync, readdirSync, statSync } from 'node:fs'
import { rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase, type CoreDatabase } from '../../src/database/index.ts'
import { Secret } from '../../src/secret.ts'
import { tempFolder } from '../settings/temp-folder.ts'

async function openAt(path: string): Promise<CoreDatabase> {
  const database = await openDatabase(new Secret(`sqlite:${path}`), { busyLimitMs: 200 })
  onTestFinished(() => database.close())
  return database
}

test('a new database has no settings', async () => {
  const database = await openAt(join(await tempFolder(), 'core.db'))
  expect(database.kind).toBe('sqlite')
  expect(await database.readSettings()).toEqual({ values: {}, version: 0 })
})

test('what was written is there after the next opening', async () => {
  const path = join(await tempFolder(), 'core.db')
  const first = await openAt(path)
  await first.writeSettings({ log_level: 'debug', check_concurrency: 8 })
  await first.writeSettings({ default_profile: 'Ünï "quoted"\n', check_concurrency: 9 })
  await first.writeSettings({ log_level: null })
  await first.close()
  expect(await (await openAt(path)).readSettings()).toEqual({
    values: { default_profile: 'Ünï "quoted"\n', check_concurrency: 9 },
    version: 3,
  })
})

test('removing what is not there is no fault', async () => {
  const database = await openAt(join(await tempFolder(), 'core.db'))
  await database.writeSettings({ log_level: null })
  expect((await database.readSettings()).values).toEqual({})
})

test('writes that come at once are all kept', async () => {
  const database = await openAt(join(await tempFolder(), 'core.db'))
  const names = Array.from({ length: 50 }, (_, index) => `setting_${index}`)
  await Promise.all(names.map((name, index) => database.writeSettings({ [name]: index })))
  const { values, version } = await database.readSettings()
  expect(version).toBe(50)
  expect(values).toEqual(Object.fromEntries(names.map((name, index) => [name, index])))
})

// SQLite leaves the rolling back to the caller for some failures, and does it by itself for others.
test.each(['abort', 'rollback'])('a write that fails half-way leaves nothing: %s', async (how) => {
  const path = join(await tempFolder(), 'core.db')
  const database = await openAt(path)
  await database.writeSettings({ log_level: 'warn' })
  refuseRow(path, 'check_interval_s', how)
  const write = database.writeSettings({ log_level: 'debug', check_interval_s: 1 })
  await expect(write).rejects.toMatchObject({
    code: 'DATABASE_UNAVAILABLE',
    message: `${path} cannot be used (constraint failed)`,
  })
  expect(await database.readSettings()).toEqual({ values: { log_level: 'warn' }, version: 1 })
  await database.writeSettings({ log_level: 'error' })
  expect((await database.readSettings()).values).toEqual({ log_level: 'error' })
})

test('a value that somebody wrote by hand, and not as JSON, is read as its text', async () => {
  const path = join(await tempFolder(), 'core.db')
  const database = await openAt(path)
  await database.writeSettings({ log_level: 'warn' })
  withSqlite(path, (sqlite) => sqlite.exec(`update settings set value = 'debug'`))
  expect((await database.readSettings()).values).toEqual({ log_level: 'debug' })
})

test('folder and file are made for their owner alone, and closing leaves one file', async () => {
  const folder = join(await tempFolder(), 'data', 'oci-profiles')
  const database = await openAt(join(folder, 'core.db'))
  await database.writeSettings({ log_level: 'warn' })
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  for (const file of readdirSync(folder)) {
    expect([file, statSync(join(folder, file)).mode & 0o777]).toEqual([file, 0o600])
  }
  await database.close()
  expect(readdirSync(folder)).toEqual(['core.db'])
})

test('the journal is a write-ahead log', async () => {
  const path = join(await tempFolder(), 'core.db')
  await openAt(path)
  expect(withSqlite(path, (sqlite) => sqlite.prepare('pragma journal_mode').get())).toEqual({
    journal_mode: 'wal',
  })
})

test.each([
  ['removed', (path: string) => rm(path)],
  ['moved', (path: string) => rename(path, `${path}.old`)],
  [
    'replaced',
    async (path: string) => {
      await rename(path, `${path}.old`)
      await (await openAt(path)).close()
    },
  ],
])('nothing is written to a file that was %s', async (_what, take) => {
  const path = join(await tempFolder(), 'core.db')
  const database = await openAt(path)
  await take(path)
  await expect(database.writeSettings({ log_level: 'warn' })).rejects.toMatchObject({
    code: 'DATABASE_UNAVAILABLE',
    message: `${path} was moved, removed or replaced while it was open`,
  })
})

test('a link to a file is as good as the file', async () => {
  const folder = await tempFolder()
  await (await openAt(join(folder, 'core.db'))).writeSettings({ log_level: 'warn' })
  await symlink(join(folder, 'core.db'), join(folder, 'link.db'))
  const database = await openAt(join(folder, 'link.db'))
  await database.writeSettings({ check_concurrency: 2 })
  expect((await database.readSettings()).version).toBe(2)
})

test('while another process holds the lock, a write waits without holding up this process', async () => {
  const path = join(await tempFolder(), 'core.db')
  const database = await openAt(path)
  const other = new DatabaseSync(path)
  other.exec('begin immediate')
  let ticks = 0
  const ticker = setInterval(() => (ticks += 1), 10)
  const writing = database.writeSettings({ log_level: 'warn' })
  await new Promise((resolve) => setTimeout(resolve, 100))
  other.exec('commit')
  other.close()
  await writing
  clearInterval(ticker)
  expect((await database.readSettings()).values).toEqual({ log_level: 'warn' })
  expect(ticks).toBeGreaterThan(1)
})

test('a lock that is never given up ends the write, with the reason', async () => {
  const path = join(await tempFolder(), 'core.db')
  const database = await openAt(path)
  const other = new DatabaseSync(path)
  onTestFinished(() => other.close())
  other.exec('begin immediate')
  await expect(database.writeSettings({ log_level: 'warn' })).rejects.toMatchObject({
    code: 'DATABASE_UNAVAILABLE',
    message: `${path} is locked by another process`,
  })
})

test('closing waits for the write that runs, and nothing goes on after it', async () => {
  const path = join(await tempFolder(), 'core.db')
  const database = await openAt(path)
  const writing = database.writeSettings({ log_level: 'warn' })
  await Promise.all([database.close(), database.close(), writing])
  await expect(database.readSettings()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  await expect(database.writeSettings({})).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  expect((await (await openAt(path)).readSettings()).values).toEqual({ log_level: 'warn' })
  expect(existsSync(path)).toBe(true)
})

/** Makes the database refuse one row, as a full disk would in the middle of a write. */
function refuseRow(path: string, name: string, how: string): void {
  withSqlite(path, (sqlite) =>
    sqlite.exec(
      `create trigger refuse before insert on settings when new.name = '${name}'
       begin select raise(${how}, 'refused'); end`,
    ),
  )
}

function withSqlite<T>(path: string, use: (sqlite: DatabaseSync) => T): T {
  const sqlite = new DatabaseSync(path)
  try {
    return use(sqlite)
  } finally {
    sqlite.close()
  }
}
