import { existsSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import {
  createDatabaseConnection,
  openDatabase,
  type ConnectionOptions,
  type DatabaseConnection,
} from '../../src/database/index.ts'
import { OciProfilesError } from '../../src/errors.ts'
import { Secret } from '../../src/secret.ts'
import { recordingLogger } from '../settings/recording-logger.ts'
import { tempFolder } from '../settings/temp-folder.ts'

async function connectTo(
  path: string,
  options: ConnectionOptions = {},
): Promise<DatabaseConnection> {
  const url = new Secret(`sqlite:${path}`)
  const delays = { firstDelayMs: 10, longestDelayMs: 40, lookEveryMs: 20 }
  const connection = await createDatabaseConnection(url, { ...delays, ...options })
  onTestFinished(() => connection.close())
  return connection
}

/** A folder with a file where the database's folder should be. */
async function blockedPath(): Promise<{ path: string; unblock: () => void }> {
  const folder = join(await tempFolder(), 'data')
  writeFileSync(folder, 'in the way')
  return { path: join(folder, 'core.db'), unblock: () => unlinkSync(folder) }
}

const until = (condition: () => boolean) =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 5_000, interval: 5 })

test('a database that opens is open at once', async () => {
  const connection = await connectTo(join(await tempFolder(), 'core.db'))
  expect(connection.state).toEqual({
    state: 'open',
    kind: 'sqlite',
    code: null,
    message: null,
    fix: null,
    since: expect.stringMatching(/^\d{4}-.*Z$/),
  })
  await connection.writeSettings({ log_level: 'warn' })
  expect((await connection.readSettings()).values).toEqual({ log_level: 'warn' })
})

test('a database that does not open says why, refuses, and is open when it can be', async () => {
  const { path, unblock } = await blockedPath()
  const logger = recordingLogger()
  const connection = await connectTo(path, { logger })
  let openings = 0
  connection.onChange(() => void (openings += 1))
  const { since, ...state } = connection.state
  expect(state).toEqual({
    state: 'unavailable',
    kind: 'sqlite',
    code: 'DATABASE_UNAVAILABLE',
    message: `${path} cannot be used (ENOTDIR)`,
    fix: expect.stringContaining('database_url'),
  })
  const refusal = { code: 'DATABASE_UNAVAILABLE', message: state.message }
  await expect(connection.writeSettings({ log_level: 'warn' })).rejects.toMatchObject(refusal)
  await expect(connection.readSettings()).rejects.toMatchObject(refusal)

  await wait(100)
  expect(connection.state.since).toBe(since)
  expect(logger.lines).toEqual([expect.stringContaining(`warn {"code":"DATABASE_UNAVAILABLE"`)])
  unblock()
  await until(() => openings === 1)
  expect(connection.state).toMatchObject({ state: 'open', code: null, message: null, fix: null })
  await connection.writeSettings({ log_level: 'warn' })
  expect(logger.lines.at(-1)).toContain('CORE database open again')
})

test('a database that was taken away fails the write and is made anew', async () => {
  const path = join(await tempFolder(), 'core.db')
  const connection = await connectTo(path)
  let openings = 0
  connection.onChange(() => void (openings += 1))
  await connection.writeSettings({ log_level: 'warn' })
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true })
  await expect(connection.writeSettings({ log_level: 'debug' })).rejects.toMatchObject({
    code: 'DATABASE_UNAVAILABLE',
    message: expect.stringContaining('was moved, removed or replaced'),
  })
  expect(connection.state.state).toBe('unavailable')
  await until(() => openings === 1)
  await connection.writeSettings({ log_level: 'error' })
  expect((await connection.readSettings()).values).toEqual({ log_level: 'error' })
})

test.each([
  [0, [1000, 2000, 4000, 8000, 10000, 10000, 10000, 10000]],
  [0.9999, [750, 1500, 3000, 6000, 7500, 7500, 7500, 7500]],
])(
  'attempts come at longer and longer intervals, and hold up no exit (chance %d)',
  async (chance, expected) => {
    const waits: number[] = []
    let unreferenced = 0
    const open = () => Promise.reject(new OciProfilesError('DATABASE_UNAVAILABLE', 'gone'))
    const setTimer = vi.spyOn(globalThis, 'setTimeout')
    setTimer.mockImplementation(((task: () => void, delay: number) => {
      if (delay !== 77) waits.push(delay)
      if (delay !== 77 && waits.length < 8) queueMicrotask(task)
      return { unref: () => void (unreferenced += 1) }
    }) as unknown as typeof setTimeout)
    const options = { open, random: () => chance, lookEveryMs: 77 }
    const connection = await createDatabaseConnection(new Secret('sqlite:/x'), options)
    for (let turn = 0; turn < 200; turn++) await Promise.resolve()
    setTimer.mockRestore()
    expect(waits).toEqual(expected)
    expect(unreferenced).toBeGreaterThanOrEqual(8)
    await connection.close()
  },
)

test('a database that takes its time holds up nobody, and is open when it is ready', async () => {
  const path = join(await tempFolder(), 'core.db')
  const ready = Promise.withResolvers<void>()
  const open = async (url: Secret) => {
    await ready.promise
    return openDatabase(url)
  }
  const logger = recordingLogger()
  const connection = await connectTo(path, { open, firstWaitMs: 30, logger })
  expect(connection.state).toMatchObject({
    state: 'unavailable',
    code: 'DATABASE_UNAVAILABLE',
    message: 'The CORE database has not answered within 0.03 s',
  })
  let changes = 0
  connection.onChange(() => void (changes += 1))
  ready.resolve()
  await until(() => changes === 1)
  expect(connection.state).toMatchObject({ state: 'open', code: null })
  expect(logger.lines.at(-1)).toContain('CORE database open again')
})

test('listeners hear of each state and of each reason once', async () => {
  const { path, unblock } = await blockedPath()
  const connection = await connectTo(path)
  const heard: unknown[] = []
  connection.subscribe(() => {
    throw new Error('deaf')
  })
  const end = connection.subscribe(({ state, code }) => void heard.push([state, code]))
  await wait(100)
  unblock()
  await until(() => connection.state.state === 'open')
  rmSync(path)
  await until(() => heard.length === 3)
  await connection.close()
  end()
  expect(heard).toEqual([
    ['open', null],
    ['unavailable', 'DATABASE_UNAVAILABLE'],
    ['open', null],
    ['closed', null],
  ])
})

test('a precondition that does not hold is no fault of the database', async () => {
  const connection = await connectTo(join(await tempFolder(), 'core.db'))
  const write = connection.writeSettings({ log_level: 'warn' }, () => {
    throw new OciProfilesError('PRECONDITION_FAILED', 'late')
  })
  await expect(write).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' })
  expect(connection.state.state).toBe('open')
})

test('what was written here is no change that others made', async () => {
  const connection = await connectTo(join(await tempFolder(), 'core.db'))
  await connection.readSettings()
  let changes = 0
  connection.onChange(() => void (changes += 1))
  await connection.writeSettings({ log_level: 'warn' })
  await wait(100)
  expect(changes).toBe(0)
})

test('an error that nobody expected becomes one that can be shown', async () => {
  const open = async () => {
    throw new Error('hunter22')
  }
  const connection = await connectTo('/nowhere/core.db', { open })
  expect(connection.state).toMatchObject({
    state: 'unavailable',
    code: 'DATABASE_UNAVAILABLE',
    message: 'The CORE database failed',
  })
})

test('a listener that fails does not keep the others from hearing', async () => {
  const { path, unblock } = await blockedPath()
  const logger = recordingLogger()
  const connection = await connectTo(path, { logger })
  let heard = 0
  connection.onChange(async () => {
    throw new Error('deaf')
  })
  connection.onChange(() => void (heard += 1))
  const stop = connection.onChange(() => void (heard += 100))
  stop()
  unblock()
  await until(() => heard > 0)
  expect(heard).toBe(1)
  expect(logger.lines.some((line) => line.includes('were not applied'))).toBe(true)
})

test('a closed connection stays closed: nothing is tried, read or written again', async () => {
  const { path, unblock } = await blockedPath()
  const connection = await connectTo(path)
  await Promise.all([connection.close(), connection.close()])
  unblock()
  await wait(80)
  expect(existsSync(path)).toBe(false)
  expect(connection.state).toMatchObject({ state: 'closed', code: null })
  await expect(connection.writeSettings({})).rejects.toMatchObject({
    code: 'DATABASE_UNAVAILABLE',
    message: 'The CORE database is closed',
  })
})

test('closing while an opening runs closes what it opened', async () => {
  const path = join(await tempFolder(), 'core.db')
  const opening = Promise.withResolvers<void>()
  let tries = 0
  let closed = 0
  const open = async (url: Secret) => {
    tries += 1
    if (tries === 1) throw new OciProfilesError('DATABASE_UNAVAILABLE', 'not yet')
    await opening.promise
    const database = await openDatabase(url)
    const close = async () => (await database.close(), void (closed += 1))
    return { ...database, close }
  }
  const connection = await connectTo(path, { open })
  await until(() => tries === 2)
  const closing = connection.close()
  opening.resolve()
  await closing
  expect(closed).toBe(1)
  expect(connection.state.state).toBe('closed')
})
