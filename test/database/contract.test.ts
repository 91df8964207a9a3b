import { expect, test } from 'vitest'
import type { StoredSettings } from '../../src/database/index.ts'
import { OciProfilesError } from '../../src/errors.ts'
import { describeBoth, openAt, type Place, type Places } from './places.ts'

describeBoth(({ kind, make }) => {
  test('a new database has no settings', async () => {
    const database = await openAt((await make()).url)
    expect(database.kind).toBe(kind)
    expect(await database.readSettings()).toEqual({ values: {}, version: 0 })
    expect(await database.lookAtSettings()).toEqual({ values: {}, version: 0 })
  })

  test('what was written is there after the next opening', async () => {
    const { url } = await make()
    const first = await openAt(url)
    await first.writeSettings({ log_level: 'debug', check_concurrency: 8 })
    await first.writeSettings({ default_profile: 'Ünï "quoted"\n', check_concurrency: 9 })
    await first.writeSettings({ log_level: null })
    await first.close()
    const second = await openAt(url)
    const values = { default_profile: 'Ünï "quoted"\n', check_concurrency: 9 }
    expect(await second.readSettings()).toEqual({ values, version: 3 })
    expect(await second.lookAtSettings()).toEqual({ values, version: 3 })
  })

  test('ten openings of a new database at once all get it', async () => {
    const { url } = await make()
    const opened = await Promise.all(Array.from({ length: 10 }, () => openAt(url, 20_000)))
    for (const database of opened) {
      expect(await database.readSettings()).toEqual({ values: {}, version: 0 })
    }
  })

  test('removing what is not there is no fault', async () => {
    const database = await openAt((await make()).url)
    expect(await database.writeSettings({ log_level: null })).toEqual({ values: {}, version: 1 })
    expect((await database.readSettings()).values).toEqual({})
  })

  test('writes that come at once are all kept', async () => {
    const database = await openAt((await make()).url)
    const names = Array.from({ length: 50 }, (_, index) => `setting_${index}`)
    await Promise.all(names.map((name, index) => database.writeSettings({ [name]: index })))
    const { values, version } = await database.readSettings()
    expect(version).toBe(50)
    expect(values).toEqual(Object.fromEntries(names.map((name, index) => [name, index])))
  })

  test('a write answers all that is stored then, what others wrote included', async () => {
    const { url } = await make()
    const [one, other] = [await openAt(url), await openAt(url)]
    await one.writeSettings({ log_level: 'warn', check_concurrency: 4 })
    const answer = await other.writeSettings({ check_concurrency: 5, check_interval_s: 60 })
    const values = { log_level: 'warn', check_concurrency: 5, check_interval_s: 60 }
    expect(answer).toEqual({ values, version: 2 })
    expect(await one.readSettings()).toEqual(answer)
  })

  test('a precondition sees what is stored, and what it throws leaves everything as it was', async () => {
    const { url } = await make()
    const [one, other] = [await openAt(url), await openAt(url)]
    const before = await one.writeSettings({ log_level: 'warn' })
    const seen: StoredSettings[] = []
    const write = other.writeSettings({ log_level: 'debug' }, (stored) => {
      seen.push(stored)
      throw new OciProfilesError('PRECONDITION_FAILED', 'somebody was first')
    })
    await expect(write).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' })
    expect(seen).toEqual([before])
    expect(await other.readSettings()).toEqual(before)
  })

  test(
    'of writers that ask for the same version exactly one wins',
    { timeout: 60_000 },
    async () => {
      const { url } = await make()
      const databases = await Promise.all(Array.from({ length: 5 }, () => openAt(url, 20_000)))
      for (let round = 0; round < 10; round++) {
        const { version } = await databases[0]!.readSettings()
        const only = (stored: StoredSettings) => {
          if (stored.version !== version) throw new OciProfilesError('PRECONDITION_FAILED', 'late')
        }
        const writes = databases.map((database, index) =>
          database.writeSettings({ check_concurrency: index }, only).then(
            () => index,
            (error: unknown) => (error instanceof OciProfilesError ? error.code : error),
          ),
        )
        const outcomes = await Promise.all(writes)
        const winner = outcomes.find((outcome) => typeof outcome === 'number')
        expect(outcomes.filter((outcome) => outcome === 'PRECONDITION_FAILED')).toHaveLength(4)
        const after = { values: { check_concurrency: winner }, version: version + 1 }
        expect(await databases[1]!.readSettings()).toEqual(after)
      }
    },
  )

  test('a write that fails half-way leaves nothing', async () => {
    const place = await make()
    const database = await openAt(place.url)
    await database.writeSettings({ log_level: 'warn' })
    await refuseRow(kind, place, 'check_interval_s')
    const write = database.writeSettings({ log_level: 'debug', check_interval_s: 1 })
    await expect(write).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
    expect(await database.readSettings()).toEqual({ values: { log_level: 'warn' }, version: 1 })
    await database.writeSettings({ log_level: 'error' })
    expect((await database.readSettings()).values).toEqual({ log_level: 'error' })
  })

  test('a value that somebody wrote by hand, and not as JSON, is read as its text', async () => {
    const place = await make()
    const database = await openAt(place.url)
    await database.writeSettings({ log_level: 'warn' })
    await place.byHand(`update settings set value = 'debug'`)
    expect((await database.readSettings()).values).toEqual({ log_level: 'debug' })
  })

  test('the database of a newer version is refused', async () => {
    const place = await make()
    await (await openAt(place.url)).close()
    await place.byHand(`insert into oci_profiles_migrations values (99, 'future', '2100-01-01')`)
    await expect(openAt(place.url)).rejects.toMatchObject({
      code: 'DATABASE_TOO_NEW',
      message: expect.stringContaining('at migration 99'),
    })
  })

  test('closing waits for the write that runs, and nothing goes on after it', async () => {
    const { url } = await make()
    const database = await openAt(url)
    const writing = database.writeSettings({ log_level: 'warn' })
    await Promise.all([database.close(), database.close(), writing])
    const closed = { code: 'DATABASE_UNAVAILABLE', message: expect.stringContaining('is closed') }
    await expect(database.readSettings()).rejects.toMatchObject(closed)
    await expect(database.lookAtSettings()).rejects.toMatchObject(closed)
    await expect(database.writeSettings({})).rejects.toMatchObject(closed)
    expect((await (await openAt(url)).readSettings()).values).toEqual({ log_level: 'warn' })
  })
})

/** Makes the database refuse one row, as a full disk would in the middle of a write. */
async function refuseRow(kind: Places['kind'], { byHand }: Place, name: string): Promise<void> {
  const condition = `before insert on settings`
  if (kind === 'sqlite') {
    await byHand(
      `create trigger refuse ${condition} when new.name = '${name}'
       begin select raise(abort, 'refused'); end`,
    )
    return
  }
  await byHand(
    `create function refuse() returns trigger language plpgsql as
     $$ begin raise exception 'refused'; end $$;
     create trigger refuse ${condition} for each row when (new.name = '${name}')
     execute function refuse()`,
  )
}
