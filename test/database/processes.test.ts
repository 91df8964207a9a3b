import { expect, test } from 'vitest'
import { openDatabase, type StoredSettings } from '../../src/database/index.ts'
import { Secret } from '../../src/secret.ts'
import { startNode } from './child.ts'
import { describeBoth } from './places.ts'

describeBoth(({ make }) => {
  test('ten processes that make one database at once all get it', { timeout: 90_000 }, async () => {
    const { url } = await make()
    const children = Array.from({ length: 10 }, () => startNode('open', url))
    const ends = await Promise.all(children.map((child) => child.ended))
    for (const end of ends) expect(end).toEqual({ lines: ['0'], errors: '', code: 0 })
    expect(await read(url)).toEqual({ values: {}, version: 0 })
  })

  test('processes that write at once lose nothing of each other', { timeout: 90_000 }, async () => {
    const { url } = await make()
    const writers = [startNode('write-pairs', url, '60'), startNode('write-pairs', url, '60')]
    const ends = await Promise.all(writers.map((child) => child.ended))
    for (const { lines, errors } of ends) expect([lines.length, errors]).toEqual([60, ''])
    const { values, version } = await read(url)
    expect(version).toBe(120)
    expect(values['check_concurrency']).toBe(values['check_interval_s'])
  })

  test('what was acknowledged survives kill -9, whole', { timeout: 120_000 }, async () => {
    const { url } = await make()
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

  test.each([
    ['between the version and the first value', 'version'],
    ['between two values', 'values'],
  ])('a write that kill -9 ends %s leaves nothing', { timeout: 60_000 }, async (_where, where) => {
    const { url } = await make()
    const child = startNode('die-writing', url, where)
    const { lines, errors, code } = await child.ended
    expect({ lines, errors, code }).toEqual({ lines: ['1'], errors: '', code: null })
    const values = { check_concurrency: 1, check_interval_s: 1 }
    expect(await read(url)).toEqual({ values, version: 1 })
  })
})

async function read(url: string): Promise<StoredSettings> {
  const database = await openDatabase(new Secret(url))
  try {
    return await database.readSettings()
  } finally {
    await database.close()
  }
}
