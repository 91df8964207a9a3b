import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { get, openSandbox, put, type Sandbox } from './sandbox.ts'

let sandbox: Sandbox
beforeEach(async () => (sandbox = await openSandbox()))
afterEach(() => sandbox.close())

const config = (value: unknown) =>
  writeFile(
    join(sandbox.folder, 'configuration.json'),
    typeof value === 'string' ? value : JSON.stringify(value),
  )

describe('a start', () => {
  test('goes through five steps in order, each logged with number, name and duration', async () => {
    const service = await sandbox.start()
    await service.checked
    const { json } = await get(service, '/v1/health/ready')
    expect(json.status).toBe('ready')
    expect(json.steps.map(({ number, state }: any) => [number, state])).toEqual(
      [1, 2, 3, 4, 5].map((n) => [n, 'done']),
    )
    const steps = sandbox.logged
      .filter(({ fields }) => 'step' in fields)
      .map(({ fields }) => fields)
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5])
    for (const { name, duration_ms } of steps) {
      expect([typeof name, typeof duration_ms]).toEqual(['string', 'number'])
    }
  })

  test('checks every profile of the file', async () => {
    const service = await sandbox.start()
    await service.checked
    const { json } = await get(service, '/v1/oci-profiles')
    expect(json.map((profile: any) => profile.auth_profile)).toEqual(
      sandbox.samples.profiles.map(({ name }) => name),
    )
    for (const profile of json)
      expect(profile).toMatchObject({
        useable: true,
        check: { status: 'ok' },
        origin: { kind: 'file' },
      })
  })

  test('without a config file says where it was looked for and serves no profiles', async () => {
    const service = await sandbox.start({
      env: { OCI_CLI_CONFIG_FILE: join(sandbox.folder, 'nowhere') },
    })
    expect((await get(service, '/v1/oci-profiles')).json).toEqual([])
    expect(
      sandbox.logged.some(({ message }) => message.includes(join(sandbox.folder, 'nowhere'))),
    ).toBe(true)
  })

  test('opens the port after 3 s while a check hangs, and shows that profile as pending', async () => {
    sandbox.emulator.setFault('DEFAULT', { kind: 'silent' })
    const started = performance.now()
    const service = await sandbox.start()
    const waited = performance.now() - started
    expect(waited).toBeGreaterThan(2_500)
    expect(waited).toBeLessThan(6_000)
    const { json } = await get(service, '/v1/oci-profiles/DEFAULT')
    expect(json).toMatchObject({ useable: false, check: { status: 'pending', code: null } })
    expect((await get(service, '/v1/health/ready')).json).toMatchObject({
      status: 'starting',
      profiles: { pending: 1 },
    })
  })

  test('makes a key when none is set, and takes the one that is', async () => {
    const made = await sandbox.start()
    expect(made.apiKeyWasMade).toBe(true)
    expect(made.apiKey.reveal().length).toBeGreaterThanOrEqual(40)
    const set = await sandbox.start({ env: { OCI_PROFILES_API_KEY: 'a-key-that-was-set-by-hand' } })
    expect([set.apiKeyWasMade, set.apiKey.reveal()]).toEqual([false, 'a-key-that-was-set-by-hand'])
    expect(JSON.stringify(sandbox.logged)).not.toContain(made.apiKey.reveal())
  })

  test('serves everything under url_prefix', async () => {
    const service = await sandbox.start({ env: { OCI_PROFILES_URL_PREFIX: '/oci' } })
    expect(service.url).toMatch(/\/oci$/)
    expect((await get(service, '/v1/oci-profiles')).status).toBe(200)
    expect((await get(service, '/v1/openapi.json')).json.paths).toHaveProperty([
      '/oci/v1/oci-profiles',
    ])
    const page = await fetch(`${service.url}/`)
    expect([page.status, page.url]).toEqual([200, `${service.url}/`])
  })
})

describe('settings of a start', () => {
  test('come from environment, configuration.json, database and default, in this order', async () => {
    await config({ check_interval_s: 60, check_concurrency: 7, log_level: 'warn' })
    const env = { OCI_PROFILES_LOG_LEVEL: 'error' }
    const first = await sandbox.start({ env })
    await put(first, '/v1/settings', { default_profile: 'SESSION' })
    await first.stop()
    const service = await sandbox.start({ env })
    const { json } = await get(service, '/v1/settings')
    expect(json.log_level).toMatchObject({
      value: 'error',
      source: 'environment',
      detail: 'OCI_PROFILES_LOG_LEVEL',
    })
    expect(json.check_concurrency).toMatchObject({ value: 7, source: 'configuration.json' })
    expect(json.default_profile).toMatchObject({ value: 'SESSION', source: 'database' })
    expect(json.host).toMatchObject({ value: '127.0.0.1', source: 'default' })
    expect(json.api_key.value).not.toContain(service.apiKey.reveal())
  })

  test.each([
    ['broken', '{"port": 1', 'CONFIGURATION_FILE_INVALID'],
    ['of the wrong type', { port: 'eighty' }, 'SETTING_INVALID'],
    ['unknown', { prot: 80 }, 'CONFIGURATION_FILE_INVALID'],
  ])('that are %s stop it', async (_what, value, code) => {
    await config(value)
    await expect(sandbox.start()).rejects.toMatchObject({ code })
  })

  test('leave profiles in configuration.json out, with a warning', async () => {
    await config({ oci_profile_configs: [{ auth_profile: 'SMUGGLED' }] })
    const service = await sandbox.start()
    expect((await get(service, '/v1/oci-profiles/SMUGGLED')).status).toBe(404)
    expect(
      sandbox.logged.some(({ fields }) => fields['code'] === 'OCI_PROFILE_CONFIGS_IGNORED'),
    ).toBe(true)
  })

  test('need a key that was set beyond loopback', async () => {
    await expect(sandbox.start({ flags: { host: '0.0.0.0' } })).rejects.toMatchObject({
      code: 'API_KEY_REQUIRED',
    })
  })

  test('say when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as { port: number }
    await expect(sandbox.start({ flags: { port: String(port) } })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
    })
    other.close()
  })

  test('from .env count like the environment', async () => {
    await writeFile(join(sandbox.folder, '.env'), 'OCI_PROFILES_CHECK_CONCURRENCY=5\n')
    const service = await sandbox.start()
    expect((await get(service, '/v1/settings')).json.check_concurrency).toMatchObject({
      value: 5,
      source: 'environment',
    })
  })
})

describe('PUT /v1/settings', () => {
  test('stores a change for the next start', async () => {
    const first = await sandbox.start()
    const { status, json } = await put(first, '/v1/settings', { check_interval_s: 42 })
    expect([status, json.check_interval_s.value]).toEqual([200, 42])
    await first.stop()
    const second = await sandbox.start()
    expect((await get(second, '/v1/settings')).json.check_interval_s).toMatchObject({
      value: 42,
      source: 'database',
    })
  })

  test.each<[string, object, number, string]>([
    ['an unknown name', { check_intervall_s: 1 }, 422, 'VALIDATION_FAILED'],
    [
      'a wrong value beside a right one',
      { log_level: 'warn', check_interval_s: -1 },
      422,
      'VALIDATION_FAILED',
    ],
    ['what does not change at run time', { port: 1 }, 422, 'VALIDATION_FAILED'],
    ['what the environment fixes', { check_concurrency: 1 }, 409, 'SETTING_FIXED'],
  ])('refuses %s and changes nothing', async (_what, body, status, code) => {
    const service = await sandbox.start({ env: { OCI_PROFILES_CHECK_CONCURRENCY: '3' } })
    const before = (await get(service, '/v1/settings')).json
    const answer = await put(service, '/v1/settings', body)
    expect([answer.status, answer.json.code]).toEqual([status, code])
    expect((await get(service, '/v1/settings')).json).toEqual(before)
  })

  test('takes effect on the log at once', async () => {
    const service = await sandbox.start()
    const { status } = await put(service, '/v1/settings', { log_level: 'debug' })
    expect([status, service.settings.current.get('log_level')]).toEqual([200, 'debug'])
  })
})

describe('a database that does not open', () => {
  test('stops nothing, is told, and keeps settings from being changed', async () => {
    await writeFile(join(sandbox.folder, 'file'), '')
    const env = { OCI_PROFILES_DATABASE_URL: `sqlite:${join(sandbox.folder, 'file', 'core.db')}` }
    const service = await sandbox.start({ env })
    await service.checked
    const { status, json } = await get(service, '/v1/health/ready')
    expect(status).toBe(200)
    expect(json).toMatchObject({
      status: 'degraded',
      database: { state: 'unavailable', code: 'DATABASE_UNAVAILABLE' },
    })
    expect(JSON.stringify(json)).not.toContain(sandbox.folder)
    expect((await get(service, '/v1/oci-profiles')).json).not.toEqual([])
    const answer = await put(service, '/v1/settings', { check_interval_s: 1 })
    expect([answer.status, answer.json.code]).toEqual([503, 'SETTINGS_NOT_SAVED'])
    expect((await get(service, '/v1/settings')).json.check_interval_s.value).toBe(300)
    expect(
      sandbox.logged.some(
        ({ level, fields }) => level !== 'info' && fields['code'] === 'DATABASE_UNAVAILABLE',
      ),
    ).toBe(true)
  })

  test('is opened later, when it can be', async () => {
    const folder = join(sandbox.folder, 'late')
    await writeFile(folder, '')
    const service = await sandbox.start({
      env: { OCI_PROFILES_DATABASE_URL: `sqlite:${join(folder, 'core.db')}` },
    })
    const { rm } = await import('node:fs/promises')
    await rm(folder)
    await mkdir(folder)
    await expect
      .poll(async () => (await get(service, '/v1/health/ready')).json.database.state, {
        timeout: 10_000,
      })
      .toBe('open')
    expect((await put(service, '/v1/settings', { check_interval_s: 9 })).status).toBe(200)
  })
})

describe('what the database holds', () => {
  test('is no value of a profile, whatever the API is asked', async () => {
    const service = await sandbox.start()
    await service.checked
    const canary = 'CANARY0123456789'
    const body = {
      auth_profile: 'canary',
      user: `ocid1.user.oc1..${canary}`,
      pass_phrase: canary,
      key_content: canary,
    }
    await get(service, '/v1/oci-profiles?keep_unusable=true', {
      method: 'POST',
      body: JSON.stringify(body),
    })
    await put(service, '/v1/oci-profiles/canary', { tenancy: `ocid1.tenancy.oc1..${canary}` })
    await put(service, '/v1/settings', { oci_profile_configs: [body], log_level: 'info' })
    await put(service, '/v1/settings', { log_level: 'warn' })
    await service.stop()
    const files = ['core.db', 'core.db-wal', 'core.db-shm']
    for (const file of files) {
      const bytes = await readFile(join(sandbox.folder, file)).catch(() => Buffer.alloc(0))
      expect(bytes.includes(canary)).toBe(false)
      expect(bytes.includes('eu-frankfurt-1')).toBe(false)
    }
    expect((await readFile(join(sandbox.folder, 'core.db'))).includes('warn')).toBe(true)
  })
})

describe('a stop', () => {
  test('lets a running request finish and takes no new one', async () => {
    const service = await sandbox.start()
    await service.checked
    sandbox.emulator.setFault('DEFAULT', { kind: 'slow', delayMs: 800 })
    const running = get(service, '/v1/oci-profiles/DEFAULT/check', { method: 'POST', body: '' })
    await new Promise((resolve) => setTimeout(resolve, 200))
    const stopping = service.stop()
    await expect(fetch(`${service.url}/v1/health/live`)).rejects.toThrow('fetch failed')
    expect((await running).json.status).toBe('ok')
    await stopping
  })

  test('may be asked for twice', async () => {
    const service = await sandbox.start()
    await Promise.all([service.stop(), service.stop()])
    await expect(service.stop()).resolves.toBeUndefined()
  })
})
