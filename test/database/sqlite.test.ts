import { readdirSync, statSync } from 'node:fs'
import { rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { tempFolder } from '../settings/temp-folder.ts'
import { openAt as openUrl, withSqlite } from './places.ts'

const openAt = (path: string) => openUrl(`sqlite:${path}`)

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
  const fault = {
    code: 'DATABASE_UNAVAILABLE',
    message: `${path} was moved, removed or replaced while it was open`,
  }
  await expect(database.writeSettings({ log_level: 'warn' })).rejects.toMatchObject(fault)
  await expect(database.lookAtSettings()).rejects.toMatchObject(fault)
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

/** Makes the database refuse one row, as a full disk would in the middle of a write. */
function refuseRow(path: string, name: string, how: string): void {
  withSqlite(path, (sqlite) =>
    sqlite.exec(
      `create trigger refuse before insert on settings when new.name = '${name}'
       begin select raise(${how}, 'refused'); end`,
    ),
  )
}
