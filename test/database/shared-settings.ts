/** What holds of settings in one database, whatever it is and however many services share it. */
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { openSandbox, type Sandbox } from '../lifecycle/sandbox.ts'

export interface Deployment {
  url: string
  /** In milliseconds. */
  outage: number
  beginOutage(): Promise<unknown>
  endOutage(): Promise<unknown>
  /** A statement behind the back of all services. */
  byHand(sql: string): Promise<unknown>
  close?(): Promise<void>
}

interface Answer {
  status: number
  etag: string | null
  json: any
}

async function ask(
  service: Service,
  method: string,
  path: string,
  { body, ifMatch }: { body?: unknown; ifMatch?: string } = {},
): Promise<Answer> {
  const response = await fetch(`${service.url}${path}`, {
    method,
    headers: {
      'x-api-key': service.apiKey.reveal(),
      'content-type': 'application/json',
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await response.text()
  const json = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text
  return { status: response.status, etag: response.headers.get('etag'), json }
}

const read = (service: Service) => ask(service, 'GET', '/v1/settings')
const put = (service: Service, body: unknown, ifMatch?: string) =>
  ask(service, 'PUT', '/v1/settings', { body, ifMatch })

/** Generous, because the machine may be busy: the promise is 2 s. */
const SOON = { timeout: 15_000, interval: 10 }

/** Resolves with the milliseconds until a service has the value. */
async function arrival(service: Service, name: string, value: unknown): Promise<number> {
  const begin = performance.now()
  await expect.poll(async () => (await read(service)).json[name].value, SOON).toBe(value)
  return performance.now() - begin
}

export function testShared(count: 1 | 2, deploy: (sandbox: Sandbox) => Promise<Deployment>): void {
  let sandbox: Sandbox
  let deployment: Deployment
  let one: Service
  let other: Service

  /** Resolves when all services know the same version. */
  const agreement = async () => {
    await expect
      .poll(async () => (await read(one)).etag === (await read(other)).etag, SOON)
      .toBe(true)
  }

  beforeAll(async () => {
    sandbox = await openSandbox()
    deployment = await deploy(sandbox)
    const env = { OCI_PROFILES_DATABASE_URL: deployment.url }
    one = await sandbox.start({ env })
    other = count === 1 ? one : await sandbox.start({ env })
    await Promise.all([one.checked, other.checked])
  }, 60_000)
  afterAll(async () => {
    await sandbox.close()
    await deployment.close?.()
  })
  beforeEach(async () => {
    const names = ['log_level', 'default_profile', 'check_concurrency', 'check_interval_s']
    await put(one, Object.fromEntries(names.map((name) => [name, null])))
    await agreement()
  })

  test('a change arrives and takes effect everywhere', async () => {
    const { status, json } = await put(one, { log_level: 'warn', check_concurrency: 7 })
    expect([status, json.log_level.value]).toEqual([200, 'warn'])
    const waited = await arrival(other, 'log_level', 'warn')
    expect(waited).toBeLessThan(4_000)
    expect((await read(other)).json.check_concurrency).toMatchObject({
      value: 7,
      source: 'database',
    })
    expect(other.settings.current.get('log_level')).toBe('warn')
    await put(other, { log_level: null })
    await arrival(one, 'log_level', 'info')
    if (count === 1) return
    const names = sandbox.logged.filter(({ message }) => message.includes('settings changed in'))
    expect(names.map(({ fields }) => fields['changed'])).toContainEqual([
      'log_level',
      'check_concurrency',
    ])
  })

  test('changes of different settings at once are all kept', async () => {
    for (let round = 1; round <= 3; round++) {
      const answers = await Promise.all([
        put(one, { check_concurrency: round }),
        put(other, { check_interval_s: round }),
        put(one, { default_profile: `P${round}` }),
      ])
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
      for (const service of [one, other]) {
        await arrival(service, 'check_concurrency', round)
        await arrival(service, 'check_interval_s', round)
        await arrival(service, 'default_profile', `P${round}`)
      }
    }
  })

  test('of changes of one setting the last one wins, for everybody', async () => {
    const values = Array.from({ length: 10 }, (_, index) => index + 1)
    await Promise.all(
      values.map((value) => put(value % 2 ? one : other, { check_concurrency: value })),
    )
    await agreement()
    const [first, second] = [await read(one), await read(other)]
    expect(first.json.check_concurrency).toEqual(second.json.check_concurrency)
    expect(values).toContain(first.json.check_concurrency.value)
  })

  test('the answer to a change shows what others changed meanwhile', async () => {
    await put(one, { check_interval_s: 77 })
    const { json, etag } = await put(other, { check_concurrency: 3 })
    expect([json.check_interval_s.value, json.check_concurrency.value]).toEqual([77, 3])
    expect((await read(other)).etag).toBe(etag)
  })

  test('with If-Match only the first of two changes is made, whichever service takes it', async () => {
    const { etag } = await read(one)
    expect(etag).toMatch(/^"\d+-[\w-]{16}"$/)
    expect((await read(other)).etag).toBe(etag)
    const first = await put(one, { check_concurrency: 5 }, etag!)
    expect(first.status).toBe(200)
    expect(first.etag).not.toBe(etag)
    const late = await put(other, { check_concurrency: 6, check_interval_s: 6 }, etag!)
    expect([late.status, late.json.code]).toEqual([412, 'PRECONDITION_FAILED'])
    await arrival(other, 'check_concurrency', 5)
    expect((await read(other)).json.check_interval_s.value).toBe(300)
    // One of several tags is enough, and so is any.
    const several = await put(other, { check_concurrency: 8 }, `"x", ${first.etag}`)
    expect([several.status, (await put(one, { log_level: 'warn' }, '*')).status]).toEqual([
      200, 200,
    ])
  })

  test('of changes with one If-Match that come at once exactly one is made', async () => {
    for (let round = 0; round < 3; round++) {
      await agreement()
      const { etag } = await read(one)
      const answers = await Promise.all(
        [1, 2, 3, 4].map((value) =>
          put(value % 2 ? one : other, { check_concurrency: value }, etag!),
        ),
      )
      const made = answers.filter(({ status }) => status === 200)
      expect([made.length, answers.length - made.length]).toEqual([1, 3])
      for (const { status } of answers) expect(status).toBeOneOf([200, 412])
    }
  })

  test('what is wrong is refused before the tag is looked at', async () => {
    const answer = await put(one, { log_level: 'loud' }, '"old"')
    expect([answer.status, answer.json.code]).toEqual([422, 'VALIDATION_FAILED'])
    expect((await put(one, {}, '"old"')).status).toBe(412)
  })

  test('what the environment fixes for one service the others may change', async () => {
    const env = {
      OCI_PROFILES_DATABASE_URL: deployment.url,
      OCI_PROFILES_CHECK_CONCURRENCY: '9',
    }
    const fixed = await sandbox.start({ env })
    const refused = await put(fixed, { check_concurrency: 4 })
    expect([refused.status, refused.json.code]).toEqual([409, 'SETTING_FIXED'])
    await put(one, { check_concurrency: 4, check_interval_s: 44 })
    await arrival(fixed, 'check_interval_s', 44)
    expect((await read(fixed)).json.check_concurrency.value).toBe(9)
    await fixed.stop()
  })

  test('a service that starts later has what was stored', async () => {
    await put(one, { default_profile: 'SESSION' })
    const late = await sandbox.start({ env: { OCI_PROFILES_DATABASE_URL: deployment.url } })
    expect((await read(late)).json.default_profile).toMatchObject({
      value: 'SESSION',
      source: 'database',
    })
    await late.stop()
  })

  test('a database that is gone for a while costs changes only', { timeout: 180_000 }, async () => {
    await put(one, { check_interval_s: 60 })
    await arrival(other, 'check_interval_s', 60)
    const before = await read(other)
    await deployment.beginOutage()
    for (const service of [one, other]) {
      await expect
        .poll(async () => (await ask(service, 'GET', '/v1/health/ready')).json, SOON)
        .toMatchObject({
          status: 'degraded',
          database: {
            state: 'unavailable',
            code: 'DATABASE_UNAVAILABLE',
            message: 'The CORE database cannot be used now',
            since: expect.stringMatching(/^\d{4}-.*Z$/),
          },
        })
    }
    await wait(deployment.outage)
    const refused = await put(one, { check_interval_s: 61 })
    expect([refused.status, refused.json.code]).toEqual([503, 'SETTINGS_NOT_SAVED'])
    expect((await ask(one, 'GET', '/metrics')).json).toContain('oci_profiles_database_up 0')
    expect(await read(other)).toEqual(before)
    expect((await ask(other, 'GET', '/v1/oci-profiles')).json).not.toEqual([])

    await deployment.endOutage()
    await deployment.byHand(`update settings set value = '62' where name = 'check_interval_s'`)
    for (const service of [one, other]) {
      await expect
        .poll(async () => (await ask(service, 'GET', '/v1/health/ready')).json, {
          timeout: 40_000,
        })
        .toMatchObject({ status: 'ready', database: { state: 'open', code: null } })
      await arrival(service, 'check_interval_s', 62)
      expect((await ask(service, 'GET', '/metrics')).json).toContain('oci_profiles_database_up 1')
    }
    expect((await put(other, { check_interval_s: 63 })).status).toBe(200)
    await arrival(one, 'check_interval_s', 63)
    expect(JSON.stringify(sandbox.logged)).not.toMatch(/CANARY|p%40ss/)
  })
}
