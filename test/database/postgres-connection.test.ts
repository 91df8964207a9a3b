import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  createDatabaseConnection,
  type ConnectionOptions,
  type DatabaseConnection,
} from '../../src/database/index.ts'
import { Secret } from '../../src/secret.ts'
import { recordingLogger } from '../settings/recording-logger.ts'
import { describeBoth, openAt, useServer } from './places.ts'
import { CORE, postgresIsMissing } from './postgres-server.ts'
import { startRelay, type Relay } from './relay.ts'

async function connectTo(
  url: string,
  options: ConnectionOptions = {},
): Promise<DatabaseConnection> {
  const delays = { firstDelayMs: 50, longestDelayMs: 200 }
  const connection = await createDatabaseConnection(new Secret(url), { ...delays, ...options })
  onTestFinished(() => connection.close())
  return connection
}

const until = (condition: () => boolean, timeout = 20_000) =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout, interval: 5 })

/** Resolves with the milliseconds until the listener of changes is called. */
function nextChange(connection: DatabaseConnection): Promise<number> {
  const begin = performance.now()
  return new Promise((resolve) => {
    const end = connection.onChange(() => {
      end()
      resolve(performance.now() - begin)
    })
  })
}

describeBoth(({ kind, make }) => {
  test('a change that another one makes is told within two seconds', async () => {
    const { url } = await make()
    const [one, other] = [await connectTo(url), await connectTo(url)]
    await one.readSettings()
    for (const value of [1, 2, 3]) {
      const heard = nextChange(one)
      await other.writeSettings({ check_concurrency: value })
      // Generous, because the machine may be busy: the promise is 2 s.
      expect(await heard).toBeLessThan(4_000)
      expect((await one.readSettings()).values).toEqual({ check_concurrency: value })
    }
  })

  test('a row that was changed by hand is found, though the version is the same', async () => {
    const place = await make()
    const connection = await connectTo(place.url)
    await connection.writeSettings({ log_level: 'warn' })
    const heard = nextChange(connection)
    await place.byHand(`update settings set value = '"debug"'`)
    expect(await heard).toBeLessThan(4_000)
    expect(await connection.readSettings()).toEqual({ values: { log_level: 'debug' }, version: 1 })
  })

  test('a change that nobody announces is found all the same', async () => {
    const place = await make()
    const connection = await connectTo(place.url)
    await connection.writeSettings({ log_level: 'warn' })
    const heard = nextChange(connection)
    await place.byHand(
      `update settings set value = '"debug"'; update settings_version set version = version + 1`,
    )
    expect(await heard).toBeLessThan(4_000)
    expect((await connection.readSettings()).values).toEqual({ log_level: 'debug' })
  })

  test('a database that was set back to an older version is a change, too', async () => {
    const place = await make()
    const connection = await connectTo(place.url)
    await connection.writeSettings({ log_level: 'warn' })
    await connection.writeSettings({ log_level: 'debug' })
    const heard = nextChange(connection)
    await place.byHand(`delete from settings; update settings_version set version = 1`)
    await heard
    expect(await connection.readSettings()).toEqual({ values: {}, version: 1 })
  })

  test('the state names the kind', async () => {
    expect((await connectTo((await make()).url)).state).toMatchObject({ state: 'open', kind })
  })
})

describe.skipIf(postgresIsMissing)(
  `a PostgreSQL${postgresIsMissing ?? ''}`,
  { timeout: 60_000 },
  () => {
    const server = useServer()
    const newUrl = async () => server().url(await server().createDatabase())

    // As administrators set it for a whole database or for a user.
    test.each(['repeatable read', 'serializable'])(
      'whose transactions are %s by default loses no writer and refuses none',
      async (level) => {
        const name = await server().createDatabase()
        const setLevel = `alter database ${name} set default_transaction_isolation = '${level}'`
        await server().query(setLevel)
        const url = server().url(name)
        const opened = await Promise.all(Array.from({ length: 10 }, () => openAt(url)))
        const writes = opened.map((database, index) => database.writeSettings({ [`s${index}`]: 1 }))
        await Promise.all(writes)
        const { values, version } = await opened[0]!.readSettings()
        expect([Object.keys(values).length, version]).toEqual([10, 10])
      },
    )

    test('tells of a change at once, long before it is asked', async () => {
      const url = await newUrl()
      const options = { lookEveryMs: 3_600_000 }
      const [one, other] = [await connectTo(url, options), await connectTo(url, options)]
      await one.readSettings()
      const heard = nextChange(one)
      await other.writeSettings({ log_level: 'warn' })
      await heard
      expect((await one.readSettings()).values).toEqual({ log_level: 'warn' })
    })

    test('that goes away is noticed, waited for, and read again when it is back', async () => {
      const logger = recordingLogger()
      const url = await newUrl()
      const connection = await connectTo(url, { logger })
      await connection.writeSettings({ log_level: 'warn' })
      const opened = connection.state.since
      await wait(5)
      await server().stop()
      await until(() => connection.state.state === 'unavailable')
      const { since } = connection.state
      expect(since > opened).toBe(true)
      expect(connection.state).toMatchObject({ kind: 'postgres', code: 'DATABASE_UNAVAILABLE' })
      await until(() => /refuses the connection/.test(connection.state.message ?? ''))
      await expect(connection.writeSettings({ log_level: 'debug' })).rejects.toMatchObject({
        code: 'DATABASE_UNAVAILABLE',
        message: connection.state.message,
        fix: expect.stringContaining('Check that the server runs'),
      })
      // Several attempts later it is still the same outage.
      await wait(1_000)
      expect(connection.state.since).toBe(since)
      expect(logger.lines.length).toBeLessThan(5)

      const heard = nextChange(connection)
      await server().start()
      await heard
      expect(connection.state).toMatchObject({
        state: 'open',
        code: null,
        message: null,
        fix: null,
      })
      expect((await connection.readSettings()).values).toEqual({ log_level: 'warn' })
      await connection.writeSettings({ log_level: 'error' })
      expect(logger.lines.at(-1)).toContain('CORE database open again')
      expect(logger.lines.join()).not.toContain(CORE.password)
    })

    test('that crashes in the middle of it all loses nothing that was acknowledged', async () => {
      const connection = await connectTo(await newUrl())
      let acknowledged = 0
      const writeOn = async (): Promise<void> => {
        for (;;) {
          await connection.writeSettings({ check_concurrency: acknowledged + 1 })
          acknowledged += 1
        }
      }
      const failure = writeOn().catch((error: unknown) => error)
      await until(() => acknowledged > 20)
      await server().stop('now')
      expect(await failure).toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
      const heard = nextChange(connection)
      await server().start()
      await heard
      const { values } = await connection.readSettings()
      expect(values['check_concurrency']).toBeOneOf([acknowledged, acknowledged + 1])
    })

    test('whose connections are ended by an administrator is connected to anew', async () => {
      const connection = await connectTo(await newUrl())
      await connection.writeSettings({ log_level: 'warn' })
      const heard = nextChange(connection)
      await server().query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'oci-profiles'`,
      )
      await heard
      expect((await connection.readSettings()).values).toEqual({ log_level: 'warn' })
    })

    describe('that falls silent', () => {
      const throughRelay = async (): Promise<[Relay, string]> => {
        const relay = await startRelay(server().port)
        onTestFinished(() => relay.close())
        const url = await newUrl()
        return [relay, url.replace(`:${server().port}/`, `:${relay.port}/`)]
      }

      test('holds up a change for five seconds, and is waited for', async () => {
        const [relay, url] = await throughRelay()
        const connection = await connectTo(url, { lookEveryMs: 3_600_000 })
        await connection.writeSettings({ log_level: 'warn' })
        relay.silence()
        const begin = performance.now()
        await expect(connection.writeSettings({ log_level: 'debug' })).rejects.toMatchObject({
          code: 'DATABASE_UNAVAILABLE',
          message: expect.stringContaining('does not answer'),
        })
        expect(performance.now() - begin).toBeLessThan(9_000)
        expect(connection.state.state).toBe('unavailable')
        const heard = nextChange(connection)
        relay.resume()
        await heard
        expect((await connection.readSettings()).values).toEqual({ log_level: 'warn' })
      })

      test('is noticed without anybody using it', async () => {
        const [relay, url] = await throughRelay()
        const connection = await connectTo(url)
        relay.silence()
        await until(() => connection.state.state === 'unavailable')
        expect(connection.state.message).toContain('does not answer')
      })

      test('holds up neither a start nor a stop', async () => {
        const [relay, url] = await throughRelay()
        relay.silence()
        const begin = performance.now()
        const connection = await connectTo(url)
        expect(connection.state).toMatchObject({
          state: 'unavailable',
          message: 'The CORE database has not answered within 2.5 s',
        })
        await connection.close()
        expect(performance.now() - begin).toBeLessThan(4_500)
      })

      test.each([
        ['lets go of what was open', 3_600_000],
        ['lets go of what was open in the middle of a look at it', 10],
      ])('%s', async (_what, lookEveryMs) => {
        const [relay, url] = await throughRelay()
        const connection = await connectTo(url, { lookEveryMs })
        await connection.writeSettings({ log_level: 'warn' })
        relay.silence()
        await wait(100)
        const begin = performance.now()
        await connection.close()
        expect(performance.now() - begin).toBeLessThan(4_000)
      })
    })

    test('that takes no writes any more is unavailable until it does again', async () => {
      const name = await server().createDatabase()
      const connection = await connectTo(server().url(name))
      await connection.writeSettings({ log_level: 'warn' })
      await server().query(`alter system set default_transaction_read_only = on`)
      await server().query(`select pg_reload_conf()`)
      await until(() => connection.state.state === 'unavailable')
      expect(connection.state).toMatchObject({ code: 'DATABASE_READ_ONLY' })
      expect(connection.state.message).toContain('takes no writes')
      const heard = nextChange(connection)
      await server().query(`alter system reset default_transaction_read_only`)
      await server().query(`select pg_reload_conf()`)
      await heard
      await connection.writeSettings({ log_level: 'error' })
    })

    test('whose rows somebody else has locked ends the change, with the reason', async () => {
      const name = await server().createDatabase()
      const connection = await connectTo(server().url(name), { lookEveryMs: 3_600_000 })
      await connection.writeSettings({ log_level: 'warn' })
      const holding = server().query(
        `begin; update oci_profiles.settings_version set version = 99; select pg_sleep(7); rollback`,
        name,
      )
      await wait(500)
      await expect(connection.writeSettings({ log_level: 'debug' })).rejects.toMatchObject({
        code: 'DATABASE_UNAVAILABLE',
        message: expect.stringContaining('ended a statement that took too long'),
      })
      await holding
      await until(() => connection.state.state === 'open')
      expect((await connection.readSettings()).version).toBe(1)
    })

    test('keeps few connections, and none of them after closing', async () => {
      const name = await server().createDatabase()
      const database = await openAt(server().url(name))
      const count = `select count(*)::int as count from pg_stat_activity where datname = '${name}'`
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => database.writeSettings({ log_level: index })),
      )
      expect((await server().query(count))[0]?.['count']).toBeOneOf([2, 3])
      await database.close()
      await vi.waitFor(
        async () => expect(await server().query(count)).toEqual([{ count: 0 }]),
        5_000,
      )
    })
  },
)
