import fc from 'fast-check'
import { expect, test } from 'vitest'
import { persistSettings } from '../../src/database/index.ts'
import { isStorable, SETTING_NAMES } from '../../src/settings/index.ts'

/** A database that only remembers what it was asked to write. */
function memory() {
  const writes: Readonly<Record<string, unknown>>[] = []
  const writeSettings = async (changes: Readonly<Record<string, unknown>>) => {
    writes.push(changes)
    return { values: changes, version: writes.length }
  }
  return { writes, writeSettings }
}

test('what changes at run time is written, and nothing else', async () => {
  const database = memory()
  const stored = await persistSettings(database, {
    log_level: 'DEBUG',
    check_interval_s: null,
    default_profile: 'PROD',
    oci_profile_configs: [{ auth_profile: 'PROD', pass_phrase: 'hunter22' }],
    api_key: 'hunter22',
    database_url: 'sqlite:/srv/core.db',
    port: 1,
    pass_phrase: 'hunter22',
    __proto__: { key_content: 'hunter22' },
  })
  const written = { log_level: 'debug', check_interval_s: null, default_profile: 'PROD' }
  expect(database.writes).toEqual([written])
  expect(stored).toEqual({ values: written, version: 1 })
})

test.each([{}, { oci_profile_configs: [] }, { api_key: 'hunter22' }])(
  'nothing to write is not written: %j',
  async (values) => {
    const database = memory()
    expect(await persistSettings(database, values)).toBeNull()
    expect(database.writes).toEqual([])
  },
)

test.each([
  ['default_profile', { auth_profile: 'PROD', key_content: 'hunter22' }],
  ['log_level', ['hunter22']],
  ['check_concurrency', { pass_phrase: 'hunter22' }],
])('%s cannot carry a profile into the database', async (name, value) => {
  const database = memory()
  const error: unknown = await persistSettings(database, {
    log_level: 'warn',
    [name]: value,
  }).catch((fault: unknown) => fault)
  expect(error).toMatchObject({ code: 'SETTING_INVALID', field: name })
  expect(JSON.stringify([error, String(error)])).not.toContain('hunter22')
  expect(database.writes).toEqual([])
})

test('whatever it is given, only names that may be stored are written', async () => {
  const name = fc.oneof(fc.constantFrom(...SETTING_NAMES, 'oci_profile_configs'), fc.string())
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, fc.constant(null)), async (values) => {
      const database = memory()
      await persistSettings(database, values)
      const written = database.writes.flatMap((changes) => Object.keys(changes))
      expect(written).toEqual(Object.keys(values).filter(isStorable))
    }),
  )
})
