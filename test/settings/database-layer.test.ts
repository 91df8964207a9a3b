import { expect, test } from 'vitest'
import { isStorable, SETTING_NAMES, withDatabaseLayer } from '../../src/settings/index.ts'
import { loadOn } from './load.ts'
import { recordingLogger } from './recording-logger.ts'

test('only what changes at run time is ever stored', () => {
  expect(SETTING_NAMES.filter(isStorable)).toEqual([
    'log_level',
    'default_profile',
    'check_concurrency',
    'check_interval_s',
  ])
  expect(isStorable('oci_profile_configs')).toBe(false)
  expect(isStorable('toString')).toBe(false)
})

test('a stored value that does not validate is left out with a warning; the others apply', async () => {
  const logger = recordingLogger()
  const stored = { check_interval_s: 'often', check_concurrency: 4 }
  const settings = withDatabaseLayer(await loadOn({}), stored, logger)
  expect(settings.get('check_interval_s')).toBe(300)
  expect(settings.get('check_concurrency')).toBe(4)
  expect(logger.lines).toEqual([
    expect.stringContaining(
      'check_interval_s from the database is "often", expected an integer from 0 to 604800; the stored value is ignored',
    ),
  ])
})

test.each([
  ['oci_profile_configs', 'OCI_PROFILE_CONFIGS_IGNORED'],
  ['api_key', 'it cannot be set there'],
  ['port', 'it cannot be set there'],
  ['chek_concurrency', 'did you mean "check_concurrency"?'],
])('%s in the database has no effect, and its value is not logged', async (name, words) => {
  const logger = recordingLogger()
  const before = await loadOn({})
  const after = withDatabaseLayer(before, { [name]: 'hunter22' }, logger)
  expect(after.entries()).toEqual(before.entries())
  expect(logger.lines).toHaveLength(1)
  expect(logger.lines[0]).toContain(words)
  expect(logger.lines[0]).not.toContain('hunter22')
})

test('a later reading takes the place of the earlier one', async () => {
  const first = withDatabaseLayer(await loadOn({}), { check_concurrency: 4, log_level: 'warn' })
  const second = withDatabaseLayer(first, { log_level: 'debug' })
  expect(second.get('log_level')).toBe('debug')
  expect(second.get('check_concurrency')).toBe(32)
})
