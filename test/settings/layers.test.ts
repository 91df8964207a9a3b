import fc from 'fast-check'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PRECEDENCE, SETTINGS, withDatabaseLayer } from '../../src/settings/index.ts'
import { loadOn } from './load.ts'
import { tempFolder } from './temp-folder.ts'

test('the layers stand in one order', () => {
  expect(PRECEDENCE).toEqual(['flag', 'environment', 'configuration.json', 'database', 'default'])
})

const ALL = {
  flags: { log_level: 'error' },
  env: { OCI_PROFILES_LOG_LEVEL: 'warn' },
  file: { log_level: 'debug' },
}

test.each([
  ['a flag', ALL, 'error', 'flag', '--debug'],
  ['the environment', { ...ALL, flags: {} }, 'warn', 'environment', 'OCI_PROFILES_LOG_LEVEL'],
  ['configuration.json', { file: ALL.file }, 'debug', 'configuration.json', 'FILE'],
  ['the database', {}, 'trace', 'database', null],
] as const)('%s wins over everything below it', async (_who, machine, value, source, detail) => {
  const folder = await tempFolder()
  const settings = withDatabaseLayer(await loadOn(machine, folder), { log_level: 'trace' })
  const expected = detail === 'FILE' ? join(folder, 'configuration.json') : detail
  expect(settings.get('log_level')).toBe(value)
  expect(settings.origin('log_level')).toEqual({ source, detail: expected })
})

test('an empty variable is one that is not set', async () => {
  const settings = await loadOn({
    env: { OCI_PROFILES_LOG_LEVEL: '' },
    file: { log_level: 'warn' },
  })
  expect(settings.get('log_level')).toBe('warn')
})

test('an option that is given empty is wrong, and nothing else', async () => {
  await expect(loadOn({ flags: { host: '' } })).rejects.toMatchObject({
    code: 'SETTING_INVALID',
    message: expect.stringContaining('host from the option --host is ""'),
  })
})

test('null in configuration.json leaves the setting to the layers below', async () => {
  const settings = await loadOn({ file: { log_level: null, default_profile: null } })
  expect(settings.origin('log_level').source).toBe('default')
  expect(settings.origin('default_profile').source).toBe('default')
})

test('every fault of a layer is told in one error, with a pointer each', async () => {
  const env = {
    OCI_PROFILES_PORT: 'x',
    OCI_PROFILES_LOG_LEVEL: 'y',
    OCI_PROFILES_HOST: '127.0.0.1',
  }
  await expect(loadOn({ env })).rejects.toMatchObject({
    code: 'SETTING_INVALID',
    field: 'port',
    errors: [
      { pointer: '/port', message: expect.stringContaining('is "x"') },
      { pointer: '/log_level', message: expect.stringContaining('is "y"') },
    ],
  })
})

test('an overlay makes new settings and leaves the old ones as they were', async () => {
  const before = await loadOn({})
  const after = withDatabaseLayer(before, { check_concurrency: 7 })
  expect(before.get('check_concurrency')).toBe(32)
  expect(after.get('check_concurrency')).toBe(7)
  expect(after.get('api_key').equals(before.get('api_key'))).toBe(true)
})

test('a fault shows no more than the beginning of a long value, on one line', async () => {
  const error: unknown = await loadOn({
    env: { OCI_PROFILES_PORT: `1\n${'2'.repeat(9999)}` },
  }).catch((fault: unknown) => fault)
  const { message } = error as Error
  expect(message).not.toContain('\n')
  expect(message.length).toBeLessThan(300)
})

const concurrency = fc.option(fc.integer({ min: 1, max: 1024 }), { nil: undefined })

test('whatever the layers hold, the strongest that has a value wins and is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'oci-profiles-'))
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          flag: concurrency,
          environment: concurrency,
          file: concurrency,
          database: concurrency,
        }),
        async ({ flag, environment, file, database }) => {
          const machine = {
            flags: { check_concurrency: flag?.toString() },
            env: { [SETTINGS.check_concurrency.env]: environment?.toString() },
            file: { check_concurrency: file ?? null },
          }
          const stored = database === undefined ? {} : { check_concurrency: database }
          const settings = withDatabaseLayer(await loadOn(machine, folder), stored)
          const candidates = [flag, environment, file, database, 32]
          const winner = candidates.findIndex((value) => value !== undefined)
          expect(settings.get('check_concurrency')).toBe(candidates[winner])
          expect(settings.origin('check_concurrency').source).toBe(PRECEDENCE[winner])
        },
      ),
      { numRuns: 150 },
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})
