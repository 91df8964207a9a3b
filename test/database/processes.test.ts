import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase, type StoredSettings } from '../../src/database/index.ts'
import { Secret } from '../../src/secret.ts'
import { tempFolder } from '../settings/temp-folder.ts'
import { childPath, start, startNode } from './child.ts'

test('processes that make one database at once all get it', { timeout: 60_000 }, async () => {
  const url = `sqlite:${join(await tempFolder(), 'new', 'core.db')}`
  const children = Array.from({ length: 6 }, () => startNode('open', url))
  const ends = await Promise.all(children.map((child) => child.ended))
  for (const end of ends) expect(end).toEqual({ lines: ['0'], errors: '', code: 0 })
  expect(await read(url)).toEqual({ values: {}, version: 0 })
})

test('processes that write at once lose nothing of each other', { timeout: 60_000 }, async () => {
  const url = `sqlite:${join(await tempFolder(), 'core.db')}`
  const writers = [startNode('write-pairs', url, '60'), startNode('write-pairs', url, '60')]
  const ends = await Promise.all(writers.map((child) => child.ended))
  for (const { lines, errors } of ends) expect([lines.length, errors]).toEqual([60, ''])
  const { values, version } = await read(url)
  expect(version).toBe(120)
  expect(values['check_concurrency']).toBe(values['check_interval_s'])
})

test('what was acknowledged survives kill -9, whole', { timeout: 120_000 }, async () => {
  const url = `sqlite:${join(await tempFolder(), 'core.db')}`
  for (let round = 0; round < 8; round++) {
    const child = startNode('write-pairs', url)
    await child.printed(5 + round * 7)
    child.kill()
    const { lines } = await child.ended
    const acknowledged = Number(lines.at(-1))
    const { values } = await read(url)
    expect(values['check_concurrency']).toBe(values['check_interval_s'])
    expect(values['check_concurrency']).toBeOneOf([acknowledged, acknowledged + 1])
  }
})

const withoutLimits = process.platform === 'win32'

test.skipIf(withoutLimits)(
  'a file that cannot grow fails the write and keeps what was there',
  { timeout: 60_000 },
  async () => {
    const url = `sqlite:${join(await tempFolder(), 'core.db')}`
    await read(url)
    const command = `trap '' XFSZ; ulimit -f 200; exec "$0" "$@"`
    const program = [process.execPath, childPath('write-pairs'), url, '500', '3000']
    const { lines, errors, code } = await start('bash', ['-c', command, ...program]).ended
    expect([lines.at(-1), errors, code]).toEqual(['DATABASE_UNAVAILABLE', '', 3])
    const acknowledged = Number(lines.at(-2))
    expect(acknowledged).toBeGreaterThan(0)
    const { values } = await read(url)
    expect(values['check_concurrency']).toBe(acknowledged)
    expect(values['check_interval_s']).toBe(acknowledged)
  },
)

async function read(url: string): Promise<StoredSettings> {
  const database = await openDatabase(new Secret(url))
  try {
    return await database.readSettings()
  } finally {
    await database.close()
  }
}
