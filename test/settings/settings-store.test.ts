import { expect, test } from 'vitest'
import { OciProfilesError } from '../../src/errors.ts'
import {
  createSettingsStore,
  type SettingName,
  type SettingsChange,
  type SettingsStore,
} from '../../src/settings/index.ts'
import { loadOn, type Machine } from './load.ts'
import { memoryDatabase, type MemoryDatabase } from './memory-database.ts'
import { recordingLogger } from './recording-logger.ts'

interface TestStore extends SettingsStore {
  database: MemoryDatabase
}

async function storeOn(machine: Machine = {}, values = {}): Promise<TestStore> {
  const database = memoryDatabase(values)
  const stored = await database.read()
  const { logger } = machine
  const store = createSettingsStore(await loadOn(machine), { ...database, stored, logger })
  return Object.defineProperty(store, 'database', { value: database }) as TestStore
}

test('a change is stored and then applies', async () => {
  const store = await storeOn()
  const changed = await store.change({ log_level: 'DEBUG', check_concurrency: 8 })
  expect(store.database.writes).toEqual([{ log_level: 'debug', check_concurrency: 8 }])
  expect(store.current).toBe(changed)
  expect(changed.get('check_concurrency')).toBe(8)
  expect(changed.origin('check_concurrency')).toEqual({ source: 'database', detail: null })
})

test('null returns to the default and removes what was stored', async () => {
  const store = await storeOn({}, { log_level: 'warn', check_concurrency: 8 })
  await store.change({ log_level: null })
  expect(store.database.writes).toEqual([{ log_level: null }])
  expect(store.current.origin('log_level')).toEqual({ source: 'default', detail: null })
  expect(store.current.get('check_concurrency')).toBe(8)
})

test('a change of nothing stores nothing', async () => {
  const store = await storeOn()
  await store.change({})
  expect(store.database.writes).toEqual([])
})

test('all faults are told at once and nothing changes', async () => {
  const store = await storeOn()
  const before = store.current
  const change = store.change({
    log_level: 'debug',
    check_concurrency: 0,
    log_levl: 'x',
    port: 1,
    'a/b~c': 1,
    oci_profile_configs: [],
  })
  await expect(change).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
    status: 422,
    errors: [
      { pointer: '/check_concurrency', message: 'is 0, expected an integer from 1 to 1024' },
      { pointer: '/log_levl', message: expect.stringContaining('did you mean "log_level"?') },
      {
        pointer: '/port',
        message: expect.stringContaining('cannot change while the service runs'),
      },
      { pointer: '/a~1b~0c', message: expect.stringContaining('there is no such setting') },
      { pointer: '/oci_profile_configs', message: 'profiles are not a setting' },
    ],
  })
  expect(store.current).toBe(before)
  expect(store.database.writes).toEqual([])
})

test('a secret that cannot change is not shown either', async () => {
  const store = await storeOn()
  const error: unknown = await store
    .change({ api_key: 'hunter22 hunter22' })
    .catch((e: unknown) => e)
  expect(JSON.stringify([error, (error as Error).message])).not.toContain('hunter22')
})

test.each<[string, Machine, string]>([
  ['an option', { flags: { log_level: 'debug' } }, 'the option --debug'],
  [
    'the environment',
    { env: { OCI_PROFILES_LOG_LEVEL: 'warn' } },
    'the environment variable OCI_PROFILES_LOG_LEVEL',
  ],
  ['configuration.json', { file: { log_level: 'warn' } }, 'configuration.json'],
])(
  'what %s fixes does not change, nor does anything sent with it',
  async (_who, machine, words) => {
    const store = await storeOn(machine)
    for (const value of ['error', null]) {
      await expect(store.change({ log_level: value, check_concurrency: 2 })).rejects.toMatchObject({
        code: 'SETTING_FIXED',
        status: 409,
        field: 'log_level',
        message: expect.stringContaining(words),
      })
    }
    expect(store.current.get('check_concurrency')).toBe(32)
    expect(store.database.writes).toEqual([])
  },
)

test('what cannot be stored does not apply', async () => {
  const fact = 'the disk is full'
  const persist = async () => {
    throw new OciProfilesError('DATABASE_UNAVAILABLE', fact, { fix: 'Make room.' })
  }
  const store = createSettingsStore(await loadOn({}), { persist })
  await expect(store.change({ log_level: 'debug' })).rejects.toMatchObject({
    code: 'SETTINGS_NOT_SAVED',
    status: 503,
    message: expect.stringContaining(fact),
    fix: 'Make room.',
  })
  expect(store.current.get('log_level')).toBe('info')
})

test('changes that come at once are made one after the other, and a failed one holds up nobody', async () => {
  const log: string[] = []
  const persist = async ({ check_concurrency: value }: SettingsChange) => {
    log.push(`begin ${value}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
    log.push(`end ${value}`)
    if (value === 2) throw new Error('broken')
    return { values: { check_concurrency: value }, version: Number(value) }
  }
  const store = createSettingsStore(await loadOn({}), { persist })
  const changes = [1, 2, 3].map((value) => store.change({ check_concurrency: value }))
  const outcomes = (await Promise.allSettled(changes)).map(({ status }) => status)
  expect(outcomes).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(log).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2', 'begin 3', 'end 3'])
  expect(store.current.get('check_concurrency')).toBe(3)
})

test('a reading of the database waits for the change before it', async () => {
  const database = memoryDatabase({ log_level: 'warn' })
  const persist = async (changes: SettingsChange) => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    return database.persist(changes)
  }
  const store = createSettingsStore(await loadOn({}), { persist })
  void store.change({ check_concurrency: 5 })
  await store.reload(database.read)
  expect(store.current.get('check_concurrency')).toBe(5)
  expect(store.current.get('log_level')).toBe('warn')
})

test('a reading that fails changes nothing', async () => {
  const store = await storeOn({}, { log_level: 'warn' })
  const failed = store.reload(async () => {
    throw new Error('gone')
  })
  await expect(failed).rejects.toThrow('gone')
  expect(store.current.get('log_level')).toBe('warn')
})

test('listeners hear of every change of a value, and only of those', async () => {
  const store = await storeOn({ env: { OCI_CLI_PROFILE: 'PROD' } })
  const heard: (readonly SettingName[])[] = []
  const end = store.subscribe((_settings, changed) => void heard.push(changed))
  await store.change({ log_level: 'warn', check_interval_s: 60 })
  await store.change({ log_level: 'warn' })
  // The environment is stronger, so the value stays.
  await store.database.persist({ default_profile: 'X' })
  await store.reload(store.database.read)
  end()
  await store.change({ log_level: 'info' })
  expect(heard).toEqual([['log_level', 'check_interval_s']])
})

test('a listener that fails keeps nothing from the others', async () => {
  const logger = recordingLogger()
  const store = await storeOn({ logger })
  let heard = 0
  store.subscribe(() => {
    throw new Error('deaf')
  })
  store.subscribe(() => void (heard += 1))
  await store.change({ log_level: 'warn' })
  expect(heard).toBe(1)
  expect(logger.lines).toHaveLength(1)
})

test('what the database held at the start applies, and is known', async () => {
  const store = await storeOn({}, { log_level: 'warn', check_interval_s: 'often' })
  expect(store.current.get('log_level')).toBe('warn')
  expect(store.current.get('check_interval_s')).toBe(300)
  const values = { log_level: 'warn', check_interval_s: 'often' }
  expect(store.stored).toEqual({ values, version: 0 })
})

test('nothing is known of a database that was not read', async () => {
  const { persist, read } = memoryDatabase({ log_level: 'warn' })
  const store = createSettingsStore(await loadOn({}), { persist })
  expect([store.stored, store.current.get('log_level')]).toEqual([null, 'info'])
  await store.reload(read)
  expect(store.stored).toEqual({ values: { log_level: 'warn' }, version: 0 })
  expect(store.current.get('log_level')).toBe('warn')
})

test('what others stored meanwhile applies with a change, and the log names it', async () => {
  const logger = recordingLogger()
  const store = await storeOn({ logger })
  const heard: (readonly SettingName[])[] = []
  store.subscribe((_settings, changed) => void heard.push(changed))
  await store.database.persist({ log_level: 'warn' })
  await store.change({ check_concurrency: 5 })
  expect(store.current.get('log_level')).toBe('warn')
  expect(heard).toEqual([['log_level', 'check_concurrency']])
  expect(logger.lines).toEqual([
    'info {"changed":["log_level"]} settings changed in the CORE database',
  ])
})

test('a reading logs the names of what changed, once, and no values', async () => {
  const logger = recordingLogger()
  const store = await storeOn({ logger })
  await store.database.persist({ default_profile: 'PROD', check_concurrency: 5 })
  await store.reload(store.database.read)
  await store.reload(store.database.read)
  expect(logger.lines).toEqual([
    'info {"changed":["default_profile","check_concurrency"]} settings changed in the CORE database',
  ])
})

test('a precondition decides on what is stored, after the values were found valid', async () => {
  const store = await storeOn({}, { log_level: 'warn' })
  const refuse = () => {
    throw new OciProfilesError('PRECONDITION_FAILED', 'somebody was first')
  }
  const late = { code: 'PRECONDITION_FAILED', status: 412 }
  await expect(store.change({ log_level: 'debug' }, refuse)).rejects.toMatchObject(late)
  await expect(store.change({}, refuse)).rejects.toMatchObject(late)
  await expect(store.change({ log_level: 1 }, refuse)).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
  })
  expect(store.current.get('log_level')).toBe('warn')
  expect(store.database.writes).toEqual([])
})
