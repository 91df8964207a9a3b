import { afterEach, expect, test } from 'vitest'
import { checksAnswer, profileChecksAnswer } from '../../src/schemas/wire/index.ts'
import { fails, WORKS } from '../registry/checks.ts'
import { startApi, type TestApi } from './harness.ts'

let api: TestApi
afterEach(() => api.close())

const END = new Date('2030-01-01T00:00:00Z')
const PAST = { checked_at: '2026-01-01T00:00:00.000Z', duration_ms: 1 }

async function start() {
  const outcomes = [fails('CONNECT_TIMEOUT'), WORKS]
  api = await startApi({
    profiles: [{ auth_profile: 'b' }, { auth_profile: 'a' }],
    check: async () => ({ ...outcomes.shift()!, tokenExpiresAt: END }),
  })
  await api.call('POST', '/v1/oci-profiles/b/check')
  await api.call('POST', '/v1/oci-profiles/b/check')
}

test('GET /v1/checks answers the last checks of all profiles in their order', async () => {
  await start()
  const { status, json } = await api.call('GET', '/v1/checks')
  expect(status).toBe(200)
  expect(json).toEqual([
    {
      auth_profile: 'b',
      token_expires_at: END.toISOString(),
      checks: [
        { status: 'failed', code: 'CONNECT_TIMEOUT', ...PAST },
        { status: 'ok', code: null, ...PAST },
      ],
    },
    { auth_profile: 'a', token_expires_at: null, checks: [] },
  ])
  for (const each of json) expect(checksAnswer.strict().parse(each)).toEqual(each)
})

test('GET …/checks answers those of one profile, in any case, with messages', async () => {
  await start()
  const { status, json } = await api.call('GET', '/v1/oci-profiles/B/checks')
  expect([status, json.auth_profile]).toEqual([200, 'b'])
  expect(json.checks).toEqual([
    { status: 'failed', code: 'CONNECT_TIMEOUT', message: 'it does not', ...PAST },
    { status: 'ok', code: null, message: null, ...PAST },
  ])
  expect(profileChecksAnswer.strict().parse(json)).toEqual(json)
})

test.each([
  ['GET', '/v1/oci-profiles/nobody/checks', 404],
  ['GET', '/v1/checks?limit=1', 422],
  ['POST', '/v1/checks', 405],
  ['DELETE', '/v1/oci-profiles/b/checks', 405],
])('%s %s is answered %d', async (method, path, status) => {
  await start()
  expect((await api.call(method, path)).status).toBe(status)
})
