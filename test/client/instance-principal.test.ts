/** `instance_principal` from the metadata service to a request that OCI takes. */
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Readable } from 'node:stream'
import { startEmulator, type Emulator, type Fault, type Service } from '../../emulator/index.ts'
import { closeConnections, getSigner, type Environment } from '../../src/client/index.ts'
import { createProfile } from '../../src/schemas/index.ts'
import { blackHole, closedPort, serve } from './loopback.ts'
import { instanceEnv, namespaceOf, refusalOf, storageOf } from './places-of-principals.ts'
import { TENANCY } from './profiles.ts'

const AUTHENTICATION = 'instance_principal'
const NS = 'axinstance'
const TOTAL_MS = 2000

let emulator: Emulator
let env: Environment

// A place of its own for each test: what is known of a place is shared and remembered.
beforeEach(async () => {
  emulator = await startEmulator()
  await addInstance()
  env = instanceEnv(emulator)
})
afterEach(async () => {
  vi.useRealTimers()
  await emulator.close()
})
afterAll(closeConnections)

/** Again, where a test needs another one. */
const addInstance = (tokenLifetimeS?: number, tenancy = TENANCY) =>
  emulator.addPrincipal({ kind: 'instance', name: 'vm', tenancy, namespace: NS, tokenLifetimeS })
const namespace = (extra: Environment = {}) =>
  namespaceOf({ authentication: AUTHENTICATION }, { env: { ...env, ...extra } })
const signer = (extra: Environment = {}, signal?: AbortSignal) =>
  getSigner(createProfile({ auth_profile: 'P', authentication: AUTHENTICATION }), {
    env: { ...env, ...extra },
    signal,
  })
const metadataAt = (port: number) => ({ OCI_METADATA_BASE_URL: `http://127.0.0.1:${port}/opc/v2` })
const statuses = () => emulator.requests.map(({ service, status }) => `${service} ${status}`)
const calls = (service: Service) => emulator.requestCounts[service]

describe('an instance', () => {
  test('answers with its namespace', async () => {
    expect(await namespace()).toBe(NS)
    expect(statuses()).toEqual([
      ...Array<string>(4).fill('metadata 200'),
      'federation 200',
      'object_storage 200',
    ])
  })

  test('that writes its certificate’s name in one part answers too', async () => {
    await emulator.rotateInstanceCertificate({ inOnePart: true })
    expect(await namespace()).toBe(NS)
  })

  test('federates once for a hundred profiles that start at once', async () => {
    const shared = { ...env }
    const start = () => namespaceOf({ authentication: AUTHENTICATION }, { env: shared })
    const namespaces = await Promise.all(Array.from({ length: 100 }, start))
    expect(new Set(namespaces)).toEqual(new Set([NS]))
    expect([calls('federation'), calls('metadata')]).toEqual([1, 4])
  })

  test('federates once for profiles whose environments say the same', async () => {
    const held = await storageOf({ authentication: AUTHENTICATION }, { env })
    await namespace({ EDITOR: 'vi' })
    await held.getNamespace({})
    expect(calls('federation')).toBe(1)
  })

  test('tells region and realm to profiles that name none', async () => {
    const tenancy = TENANCY.replace('oc1', 'oc8')
    const region = 'ap-new-1'
    await emulator.addPrincipal({ kind: 'instance', name: 'vm', tenancy, namespace: NS, region })
    const own = {
      ...env,
      OCI_PROFILES_ENDPOINT_URL_AUTH: emulator.url,
      OCI_PROFILES_ENDPOINT_URL: '',
    }
    const { endpoint } = await storageOf({ authentication: AUTHENTICATION }, { env: own })
    expect(endpoint).toMatch(/^https:\/\/objectstorage\.ap-new-1\..*oraclecloud8\.com$/)
    const other = { authentication: AUTHENTICATION, region: 'eu-frankfurt-1' }
    expect((await storageOf(other, { env: own })).endpoint).toContain('eu-frankfurt-1')
  })

  test.for(['', '/'])('is asked where the variable says, with "%s" at its end', async (end) => {
    expect(await namespace({ OCI_METADATA_BASE_URL: `${env.OCI_METADATA_BASE_URL}${end}` })).toBe(
      NS,
    )
  })

  test('is asked without a proxy', async () => {
    const extra = { http_proxy: 'http://proxy.invalid:1', OCI_PROFILES_ENDPOINT_URL_AUTH: '' }
    await signer(extra)
    expect(calls('federation')).toBe(1)
  })

  test('is not asked where the variable holds no address', async () => {
    const { error } = await refusalOf(signer({ OCI_METADATA_BASE_URL: 'metadata' }))
    expect(error).toMatchObject({ code: 'SETTING_INVALID', field: 'OCI_METADATA_BASE_URL' })
  })

  test('asks the auth service of its own region', async () => {
    const lookedUp = await refusalOf(
      signer({
        OCI_PROFILES_ENDPOINT_URL: '',
        https_proxy: `http://127.0.0.1:${await closedPort()}`,
      }),
    )
    expect(lookedUp.error).toMatchObject({ code: 'CONNECTION_REFUSED' })
    const { url } = await serve((socket) => {
      socket.once('data', (head) =>
        socket.end(`HTTP/1.1 503 ${String(head).split(' ')[1]}\r\n\r\n`),
      )
    })
    const asked = await refusalOf(signer({ OCI_PROFILES_ENDPOINT_URL: '', https_proxy: url }))
    expect(asked.error).toMatchObject({
      message: expect.stringContaining('CONNECT auth.eu-frankfurt-1.oraclecloud.com:443 503'),
    })
  })
})

describe('a token', () => {
  test('that lives for seconds is renewed ahead under load, and no request is refused', async () => {
    await addInstance(3)
    const client = await storageOf({ authentication: AUTHENTICATION }, { env })
    const until = performance.now() + 8000
    let answered = 0
    const load = async () => {
      while (performance.now() < until) {
        await client.getNamespace({})
        answered += 1
      }
    }
    await Promise.all(Array.from({ length: 16 }, load))
    // None was refused and sent again.
    expect(calls('object_storage')).toBe(answered)
    expect(calls('federation')).toBeGreaterThan(2)
    // One at a time, and not one for each that waits.
    expect(calls('federation')).toBeLessThan(10)
  })

  test('that holds is used on while the next one cannot be had', async () => {
    await addInstance(8)
    const client = await storageOf({ authentication: AUTHENTICATION }, { env })
    emulator.setFault(null, { kind: 'status', status: 500, service: 'federation' })
    let answered = 0
    // The first federation, and two tries ahead of the end.
    while (calls('federation') < 3) {
      expect((await client.getNamespace({})).value).toBe(NS)
      answered += 1
      await pause(20)
    }
    // Not one with each request.
    expect(answered).toBeGreaterThan(50)
    await pause(3000)
    const { error } = await refusalOf(client.getNamespace({}))
    expect(error).toMatchObject({
      code: 'SERVICE_ERROR',
      message: expect.stringMatching(/^The token could not be renewed: .* federation .* with 500/),
    })
    emulator.setFault(null, null)
    expect((await client.getNamespace({})).value).toBe(NS)
  })

  test('that has ended is replaced before the next request', async () => {
    await addInstance(3)
    const client = await storageOf({ authentication: AUTHENTICATION }, { env })
    await pause(3100)
    expect((await client.getNamespace({})).value).toBe(NS)
    expect(calls('federation')).toBe(2)
    expect(statuses()).not.toContain('object_storage 401')
  })

  test('is asked for with the certificate of the day', async () => {
    await addInstance(2)
    const client = await storageOf({ authentication: AUTHENTICATION }, { env })
    await emulator.rotateInstanceCertificate()
    await pause(2100)
    expect((await client.getNamespace({})).value).toBe(NS)
    expect(statuses().filter((one) => one.startsWith('federation'))).toEqual([
      'federation 200',
      'federation 200',
    ])
  })

  test('that a service refuses is replaced, and the request sent again, once', async () => {
    const client = await storageOf({ authentication: AUTHENTICATION }, { env })
    const revoke = (times: number) =>
      emulator.setFault('vm', { kind: 'status', status: 401, times, service: 'object_storage' })
    revoke(1)
    const all = await Promise.all(Array.from({ length: 10 }, () => client.getNamespace({})))
    expect(all.map(({ value }) => value)).toEqual(Array(10).fill(NS))
    expect(calls('federation')).toBe(2)
    revoke(5)
    const { error } = await refusalOf(client.getNamespace({}))
    expect(error).toMatchObject({ statusCode: 401 })
    // A refusal that a new token does not mend costs no token per request.
    expect(calls('federation')).toBe(2)
  })

  test.for<[string, () => string | Readable, number | null]>([
    ['text is sent again', () => 'text', null],
    ['a stream is not: it is gone', () => Readable.from([Buffer.from('text')]), 401],
  ])('that is refused for a body: %s', async ([, body, status]) => {
    const client = await storageOf({ authentication: AUTHENTICATION }, { env })
    emulator.setFault('vm', { kind: 'status', status: 401, times: 1, service: 'object_storage' })
    const object = { namespaceName: NS, bucketName: 'b', objectName: 'o' }
    const putObjectBody = body()
    const { error } = await refusalOf(
      client.putObject({ ...object, putObjectBody, contentLength: 4 }),
    )
    expect((error as { statusCode?: number } | null)?.statusCode ?? null).toBe(status)
  })
})

describe('is nowhere on OCI, known in time,', () => {
  test.for<[string, (() => Promise<number>) | Fault]>([
    ['where nobody listens', closedPort],
    ['where packets are lost', blackHole],
    ['where what listens is silent', async () => (await serve(() => {})).port],
    ['where the service is slow', { kind: 'slow', delayMs: 5000 }],
    ['where the service is busy', { kind: 'status', status: 503 }],
    ['where the service sends us elsewhere', { kind: 'redirect', location: 'http://127.0.0.1:1/' }],
    ['where the service answers with a page', { kind: 'nonsense' }],
    ['where the service stops in the middle', { kind: 'stalled' }],
  ])('%s', async ([, place]) => {
    if (typeof place !== 'function') emulator.setFault(null, { ...place, service: 'metadata' })
    const extra = typeof place === 'function' ? metadataAt(await place()) : {}
    const { error, ms } = await refusalOf(signer(extra))
    expect(error).toMatchObject({ code: 'NOT_ON_OCI' })
    expect(ms).toBeLessThan(TOTAL_MS)
  })

  test('once for all profiles, for ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const silent = await serve(() => {})
    const extra = metadataAt(silent.port)
    const all = await Promise.all(Array.from({ length: 20 }, () => refusalOf(signer(extra))))
    for (const { error } of all) expect(error).toMatchObject({ code: 'NOT_ON_OCI' })
    await refusalOf(signer(extra))
    expect(silent.connections).toHaveLength(1)
    vi.advanceTimersByTime(10_001)
    await refusalOf(signer(extra))
    expect(silent.connections).toHaveLength(2)
  })

  test('when only the certificate does not come', async () => {
    // The region comes first.
    let asked = 0
    const { port } = await serve((socket) => {
      socket.on('data', () => {
        asked += 1
        if (asked === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nfra')
      })
    })
    const { error, ms } = await refusalOf(signer(metadataAt(port)))
    expect(error).toMatchObject({ code: 'NOT_ON_OCI' })
    expect(ms).toBeLessThan(TOTAL_MS)
  })
})

describe('the federation that fails says why:', () => {
  test.for<[string, Fault, string, RegExp]>([
    [
      '401',
      { kind: 'status', status: 401 },
      'NOT_AUTHENTICATED',
      /the federation of this instance with 401 \w+: .*certificate/,
    ],
    [
      '404',
      { kind: 'status', status: 404 },
      'NOT_AUTHORIZED',
      /the federation of this instance with 404/,
    ],
    ['429', { kind: 'status', status: 429, retryAfterS: 7 }, 'RATE_LIMITED', /wait 7 s/],
    ['500', { kind: 'status', status: 500 }, 'SERVICE_ERROR', /opc-request-id \S+\)$/],
    [
      'a clock',
      { kind: 'clock', offsetMs: 432_000 },
      'CLOCK_SKEW',
      /^your clock is 7 min 1[123] s behind/,
    ],
    ['a page', { kind: 'nonsense' }, 'UNEXPECTED_RESPONSE', /without a token/],
    ['a redirect', { kind: 'redirect', location: '/' }, 'UNEXPECTED_RESPONSE', /with 302/],
    [
      'a reset',
      { kind: 'reset' },
      'CONNECTION_LOST',
      /^No answer to the federation of this instance: /,
    ],
    ['half an answer', { kind: 'truncated' }, 'CONNECTION_LOST', /in the middle of its answer/],
  ])('%s', async ([, fault, code, message]) => {
    emulator.setFault(null, { ...fault, service: 'federation' })
    const { error } = await refusalOf(signer())
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) })
  })

  test('a certificate that has expired', async () => {
    await emulator.rotateInstanceCertificate({ validForS: -10 })
    const { error } = await refusalOf(signer())
    expect(error).toMatchObject({ code: 'NOT_AUTHENTICATED' })
  })

  test('nobody there', async () => {
    const url = `http://127.0.0.1:${await closedPort()}`
    const { error } = await refusalOf(signer({ OCI_PROFILES_ENDPOINT_URL_AUTH: url }))
    expect(error).toMatchObject({ name: 'TransportError', code: 'CONNECTION_REFUSED' })
  })

  test('what is no OCI', async () => {
    const { url } = await serve((socket) => {
      socket.on('data', () => socket.write('HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n'))
    })
    const { error } = await refusalOf(signer({ OCI_PROFILES_ENDPOINT_URL_AUTH: url }))
    expect(error).toMatchObject({
      code: 'UNEXPECTED_RESPONSE',
      message: expect.stringContaining('does not come from OCI'),
    })
  })

  test('and the next who asks tries anew', async () => {
    emulator.setFault(null, { kind: 'status', status: 500, times: 1, service: 'federation' })
    const profile = createProfile({ auth_profile: 'P', authentication: AUTHENTICATION })
    expect((await refusalOf(getSigner(profile, { env }))).error).not.toBeNull()
    expect((await refusalOf(getSigner(profile, { env }))).error).toBeNull()
  })
})

describe('waiting can be cancelled', () => {
  test.for<[string, Fault['service'] & string]>([
    ['for the metadata service', 'metadata'],
    ['for the federation', 'federation'],
  ])('%s', async ([, service]) => {
    emulator.setFault(null, { kind: 'silent', service })
    const { error, ms } = await refusalOf(signer({}, AbortSignal.timeout(150)))
    expect(error).toMatchObject({ code: 'CHECK_CANCELLED' })
    expect(ms).toBeLessThan(700)
  })

  test('by one, and the others go on', async () => {
    emulator.setFault(null, { kind: 'slow', delayMs: 500, service: 'federation' })
    const [one, other] = [signer({}, AbortSignal.timeout(200)), signer()]
    expect((await refusalOf(one)).error).toMatchObject({ code: 'CHECK_CANCELLED' })
    expect((await refusalOf(other)).error).toBeNull()
    expect(calls('federation')).toBe(1)
  })

  test('before it began', async () => {
    const { error } = await refusalOf(signer({}, AbortSignal.abort()))
    expect(error).toMatchObject({ code: 'CHECK_CANCELLED' })
    expect(calls('metadata')).toBe(0)
  })

  test('by a client whose token has ended', async () => {
    await addInstance(2)
    const controller = new AbortController()
    const client = await storageOf(
      { authentication: AUTHENTICATION },
      { env, signal: controller.signal },
    )
    await pause(2100)
    emulator.setFault(null, { kind: 'silent', service: 'federation' })
    setTimeout(() => controller.abort(), 100)
    const { error, ms } = await refusalOf(client.getNamespace({}))
    expect(error).toMatchObject({ code: 'CHECK_CANCELLED' })
    expect(ms).toBeLessThan(700)
  })
})
