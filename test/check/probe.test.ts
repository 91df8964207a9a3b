/** The probe against the emulator, which verifies every signature: what OCI answers is told apart, with the way to mend it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { writeFile } from 'node:fs/promises'
import { startEmulator, type Emulator, type Fault } from '../../emulator/index.ts'
import { checkUseable, runCheck } from '../../src/check/index.ts'
import { addTestIdentity } from '../fixtures/identities.ts'
import { makeMaterial, TENANCY, USER, type Material } from './material.ts'
import { startAnswering } from './peers.ts'

let emulator: Emulator
let material: Material
let env: Record<string, string>

beforeAll(async () => {
  material = await makeMaterial()
})
afterAll(() => material[Symbol.asyncDispose]())

beforeEach(async () => {
  emulator = await startEmulator()
  env = { OCI_PROFILES_ENDPOINT_URL: emulator.url, HOME: material.folder }
  await addTestIdentity(emulator, 'ada', { user: USER, namespace: 'axtestnamespace' })
})
afterEach(() => emulator.close())

async function checkWith(fault: Fault | null, profile = material.profile()) {
  emulator.setFault(null, fault)
  return (await runCheck(profile, { env })).check
}

describe('a profile that works', () => {
  test('gives its namespace', async () => {
    const started = Date.now()
    const { check, namespace } = await runCheck(material.profile(), { env })
    expect(namespace).toBe('axtestnamespace')
    expect(check).toEqual({
      status: 'ok',
      code: null,
      message: null,
      fix: null,
      opc_request_id: expect.stringMatching(/^.+\/.+\/.+$/),
      checked_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      duration_ms: expect.any(Number),
    })
    expect(Date.parse(check.checked_at)).toBeGreaterThanOrEqual(started)
    expect(check.duration_ms).toBeLessThanOrEqual(Date.now() - started + 1)
    expect(emulator.requests).toHaveLength(1)
    expect(emulator.requests[0]).toMatchObject({ target: '/n', verified: true })
  })

  test('may have a session', async () => {
    const { identity, key } = await addTestIdentity(emulator, 'ada', { user: USER })
    const token = emulator.mintSessionToken({ identity, publicKey: key.publicKey })
    const security_token_file = material.path('live.token')
    await writeFile(security_token_file, `${token}\n`)
    const { check } = await runCheck(material.session({ security_token_file }), { env })
    expect(check.code).toBeNull()
  })

  test('works with a clock that is 4 minutes off', async () => {
    expect((await checkWith({ kind: 'clock', offsetMs: -4 * 60_000 })).code).toBeNull()
  })
})

test('a profile that cannot work is never sent', async () => {
  const profile = material.profile({ user: null, region: 'A', fingerprint: 'x' })
  const { check, namespace } = await runCheck(profile, { env })
  expect(check).toMatchObject({
    status: 'failed',
    code: 'FIELD_MISSING',
    message: 'user is missing; api_key needs it (and 2 more faults: region, fingerprint)',
    opc_request_id: null,
  })
  expect(namespace).toBeNull()
  expect(emulator.requests).toEqual([])
})

describe('CLOCK_SKEW', () => {
  test.each([
    [7 * 60_000 + 12_000, 'your clock is 7 min 12 s behind; OCI allows 5 min'],
    [-(7 * 60_000 + 12_000), 'your clock is 7 min 12 s ahead; OCI allows 5 min'],
    [2 * 3_600_000, 'your clock is 2 h behind; OCI allows 5 min'],
    [-(3 * 86_400_000 + 4 * 3_600_000), 'your clock is 3 d 4 h ahead; OCI allows 5 min'],
  ])('the service is %i ms off', async (offsetMs, message) => {
    const check = await checkWith({ kind: 'clock', offsetMs })
    expect(check.code).toBe('CLOCK_SKEW')
    // The Date header has whole seconds.
    expect([message, nextSecond(message, 1), nextSecond(message, -1)]).toContain(check.message)
    expect(check.fix).toContain('timedatectl set-ntp true')
  })

  test('is seen from the Date of the answer alone, whatever its text', async () => {
    emulator.setFault(null, { kind: 'status', status: 401, message: 'no' })
    const now = () => Date.now() + 10 * 60_000
    const { check } = await runCheck(material.profile(), { env, now })
    expect(check.code).toBe('CLOCK_SKEW')
    expect(check.message).toMatch(/^your clock is (10 min|9 min 59 s|10 min 1 s) ahead/)
  })

  test('takes the answer to have left halfway through the round trip', async () => {
    const date = Date.parse('2026-01-01T00:00:00Z')
    const headers = [`date: ${new Date(date).toUTCString()}`, 'opc-request-id: r']
    await using peer = await startAnswering('401 Unauthorized', headers, '', { delayMs: 2000 })
    // The Date header has whole seconds: on average half a second is missing.
    const now = () => date + 500 - 600_000
    const { check } = await runCheck(material.profile(), {
      env: { OCI_PROFILES_ENDPOINT_URL: peer.url },
      now,
    })
    expect(check.message).toBe('your clock is 10 min 1 s behind; OCI allows 5 min')
  })
})

describe('an answer of OCI', () => {
  test('401 is NOT_AUTHENTICATED and says what to compare', async () => {
    const check = await checkWith({ kind: 'status', status: 401 })
    expect(check.code).toBe('NOT_AUTHENTICATED')
    expect(check.message).toBe(
      '127.0.0.1 answered 401 NotAuthenticated: it does not accept the identity',
    )
    const { fingerprint } = material.key
    for (const part of [fingerprint, USER, TENANCY, 'eu-frankfurt-1', 'API keys', 'a minute']) {
      expect(check.fix).toContain(part)
    }
  })

  test('401 for a session says how to sign in', async () => {
    const check = await checkWith({ kind: 'status', status: 401 }, material.session())
    expect(check.code).toBe('NOT_AUTHENTICATED')
    expect(check.fix).toContain('Run: oci session authenticate --profile-name DEV')
  })

  test('401 for a user whom OCI does not know', async () => {
    const profile = material.profile({ user: 'ocid1.user.oc1..nobody' })
    expect(await checkWith(null, profile)).toMatchObject({ code: 'NOT_AUTHENTICATED' })
  })

  test.each([403, 404])('%i is NOT_AUTHORIZED and names the policy', async (status) => {
    const check = await checkWith({ kind: 'status', status })
    expect(check.code).toBe('NOT_AUTHORIZED')
    expect(check.message).toContain('the identity is accepted, but may not read')
    expect(check.fix).toContain('Allow group <group> to read objectstorage-namespaces in tenancy')
  })

  test('429 is RATE_LIMITED and says how long to wait', async () => {
    const check = await checkWith({ kind: 'status', status: 429, retryAfterS: 90 })
    expect(check).toMatchObject({
      code: 'RATE_LIMITED',
      message:
        '127.0.0.1 answered 429 TooManyRequests: too many requests; it asks to wait 1 min 30 s',
      fix: 'Wait 1 min 30 s and check again.',
    })
  })

  test('429 without Retry-After is RATE_LIMITED, too', async () => {
    const check = await checkWith({ kind: 'status', status: 429 })
    expect(check).toMatchObject({ code: 'RATE_LIMITED', fix: 'Wait a minute and check again.' })
  })

  test.each([500, 502, 503, 504])('%i is SERVICE_ERROR with its number', async (status) => {
    const check = await checkWith({ kind: 'status', status })
    expect(check.code).toBe('SERVICE_ERROR')
    expect(check.message).toMatch(new RegExp(`^127\\.0\\.0\\.1 answered ${status} \\w+$`))
    expect(check.fix).toContain('give the opc_request_id to support')
  })

  test.each([400, 409, 418])('%i is UNEXPECTED_RESPONSE', async (status) => {
    const check = await checkWith({ kind: 'status', status })
    expect(check.code).toBe('UNEXPECTED_RESPONSE')
    expect(check.message).toContain(`answered ${status} `)
    expect(check.message).toContain('with "application/json": OCI does not take the request')
  })

  test('has its opc_request_id in the result', async () => {
    const { opc_request_id } = await checkWith({ kind: 'status', status: 500 })
    expect(opc_request_id).toMatch(/^[0-9A-Z-]+\/[0-9A-F]{32}\/[0-9A-F]{32}$/)
  })

  test('is asked for once: a failure is not tried again', async () => {
    await checkWith({ kind: 'status', status: 503 })
    expect(emulator.requests).toHaveLength(1)
  })
})

describe('an answer that is none of OCI', () => {
  test.each<[string, Fault, string]>([
    [
      'a web page',
      { kind: 'nonsense', body: 'html' },
      '200 with "text/html": that is not a namespace',
    ],
    ['other JSON', { kind: 'nonsense', body: 'json' }, '200 with "application/json": that is not'],
    [
      'half of JSON',
      { kind: 'nonsense', body: 'broken_json' },
      '200 with "application/json": that',
    ],
    [
      'a redirection',
      { kind: 'redirect', location: 'http://portal.invalid/' },
      '302 with no content type: it sends the request elsewhere',
    ],
  ])('%s is UNEXPECTED_RESPONSE', async (_what, fault, message) => {
    const check = await checkWith(fault)
    expect(check.code).toBe('UNEXPECTED_RESPONSE')
    expect(check.message).toContain(`127.0.0.1 answered ${message}`)
  })

  test('an empty namespace is UNEXPECTED_RESPONSE', async () => {
    await addTestIdentity(emulator, 'ada', { user: USER, namespace: '' })
    const check = await checkWith(null)
    expect(check).toMatchObject({ code: 'UNEXPECTED_RESPONSE' })
  })
})

describe('checkUseable', () => {
  test('writes a success into the profile', async () => {
    const profile = material.profile()
    const check = await checkUseable(profile, { env })
    expect(profile).toMatchObject({ useable: true, namespace: 'axtestnamespace' })
    expect(profile.check).toBe(check)
  })

  test('writes a failure into the profile, which keeps its last namespace', async () => {
    const profile = material.profile({ useable: true, namespace: 'before' })
    emulator.setFault(null, { kind: 'status', status: 404 })
    const check = await checkUseable(profile, { env })
    expect(profile).toMatchObject({ useable: false, namespace: 'before', check })
    expect(check.code).toBe('NOT_AUTHORIZED')
  })

  test('changes nothing when it is cancelled', async () => {
    const profile = material.profile({ useable: true, namespace: 'before' })
    const check = await checkUseable(profile, { env, signal: AbortSignal.abort() })
    expect(check.code).toBe('CHECK_CANCELLED')
    expect(profile).toMatchObject({ useable: true, namespace: 'before', check: null })
  })

  test('returns the result for a frozen profile and leaves it as it is', async () => {
    const profile = Object.freeze(material.profile())
    expect((await checkUseable(profile, { env })).status).toBe('ok')
    expect(profile.useable).toBe(false)
  })
})

test('a hundred checks at once all succeed', async () => {
  const checks = await Promise.all(
    Array.from({ length: 100 }, () => runCheck(material.profile(), { env })),
  )
  expect(checks.map(({ check }) => check.code)).toEqual(Array(100).fill(null))
})

function nextSecond(message: string, by: number): string {
  return message.replace(/(\d+) s/, (_all, seconds: string) => `${Number(seconds) + by} s`)
}
