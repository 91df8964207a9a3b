import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { openDatabase } from '../../src/database/index.ts'
import { OciProfilesError } from '../../src/errors.ts'
import { Secret } from '../../src/secret.ts'
import { tempFolder } from '../settings/temp-folder.ts'

async function refusalOf(path: string): Promise<OciProfilesError> {
  const opening = openDatabase(new Secret(`sqlite:${path}`), { busyLimitMs: 50 })
  const outcome: unknown = await opening.catch((error: unknown) => error)
  if (!(outcome instanceof OciProfilesError)) throw new Error('the database was opened')
  return outcome
}

const FILES: [string, () => Buffer, string][] = [
  ['one byte', () => Buffer.from('x'), 'is not a SQLite database'],
  ['a text', () => Buffer.from('[DEFAULT]\nuser=x\n'.repeat(200)), 'is not a SQLite database'],
  ['half a header', () => Buffer.from('SQLite format'), 'is not a SQLite database'],
  ['a page of nothing', () => Buffer.alloc(4096), 'is not a SQLite database'],
]

test.each(FILES)('%s is refused and stays as it is', async (_what, content, fact) => {
  const path = join(await tempFolder(), 'core.db')
  writeFileSync(path, content())
  const error = await refusalOf(path)
  expect(error).toMatchObject({ code: 'DATABASE_INVALID', message: `${path} ${fact}` })
  expect(readFileSync(path)).toEqual(content())
})

test('an empty file is a database that is still to be made', async () => {
  const path = join(await tempFolder(), 'core.db')
  writeFileSync(path, '')
  const database = await openDatabase(new Secret(`sqlite:${path}`))
  expect((await database.readSettings()).version).toBe(0)
  await database.close()
})

test('a damaged database is refused', async () => {
  const path = join(await tempFolder(), 'core.db')
  await (await openDatabase(new Secret(`sqlite:${path}`))).close()
  const bytes = readFileSync(path)
  bytes.fill(0x5a, 100)
  writeFileSync(path, bytes)
  expect(await refusalOf(path)).toMatchObject({
    code: 'DATABASE_INVALID',
    message: `${path} is damaged`,
  })
  expect(readFileSync(path)).toEqual(bytes)
})

test('the database of another program is refused and stays as it is', async () => {
  const path = join(await tempFolder(), 'places.sqlite')
  const other = new DatabaseSync(path)
  other.exec('create table bookmarks (url text)')
  other.close()
  const before = readFileSync(path)
  expect(await refusalOf(path)).toMatchObject({
    code: 'DATABASE_INVALID',
    message: `${path} is the database of another program`,
  })
  expect(readFileSync(path)).toEqual(before)
})

test('the database of a newer version is refused and stays as it is', async () => {
  const path = join(await tempFolder(), 'core.db')
  await (await openDatabase(new Secret(`sqlite:${path}`))).close()
  const newer = new DatabaseSync(path)
  newer.exec(`insert into oci_profiles_migrations values (99, 'from the future', '2100-01-01')`)
  newer.close()
  const before = readFileSync(path)
  expect(await refusalOf(path)).toMatchObject({
    code: 'DATABASE_TOO_NEW',
    message: expect.stringContaining('at migration 99'),
  })
  expect(readFileSync(path)).toEqual(before)
})

const PLACES: [string, (folder: string) => string, string][] = [
  ['below a file', (folder) => join(folder, 'file', 'core.db'), 'cannot be used (ENOTDIR)'],
  ['a folder', (folder) => join(folder, 'folder'), 'is a folder'],
  ['a device', () => '/dev/null', 'is not a file'],
  ['where nothing can be made', () => '/proc/oci-profiles/core.db', 'cannot be used (ENOENT)'],
]

test.each(PLACES)('a path %s is refused with the reason', async (_what, place, fact) => {
  const folder = await tempFolder()
  writeFileSync(join(folder, 'file'), 'text')
  mkdirSync(join(folder, 'folder'))
  const path = place(folder)
  const error = await refusalOf(path)
  expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE', message: `${path} ${fact}` })
  expect(readdirSync(folder).toSorted()).toEqual(['file', 'folder'])
})

test.each([
  'mysql://core:hunter22@db/core',
  'postgres://core:hunter22@db/core?hunter22=1&x',
  'postgres://core:hunter22@a,b/core',
])('a URL that names no database is refused without showing it: %s', async (url) => {
  const error: unknown = await openDatabase(new Secret(url)).catch((fault: unknown) => fault)
  expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE', field: 'database_url' })
  expect(String(error)).not.toContain('hunter22')
})
