import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { runProgram } from '../cli/program.ts'
import { openSandbox, type LogLine, type Sandbox } from './sandbox.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const TRACE = '0af7651916cd43dd8448eb211c80319c'
const SPAN = 'b7ad6b7169203331'

let sandbox: Sandbox
let service: Service
beforeAll(async () => {
  sandbox = await openSandbox()
  service = await sandbox.start({
    env: { OCI_PROFILES_CHECK_INTERVAL_S: '0', OCI_PROFILES_LOG_LEVEL: 'debug' },
  })
  await service.checked
})
afterAll(() => sandbox.close())

function call(method: string, path: string, headers: Record<string, string>, body?: object) {
  return fetch(`${service.url}${path}`, {
    method,
    headers: {
      'x-api-key': service.apiKey.reveal(),
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body && JSON.stringify(body),
  })
}

/** What was logged for a request, once its own line is there. */
async function linesOf(requestId: string): Promise<LogLine[]> {
  const ofRequest = () => sandbox.logged.filter(({ fields }) => fields['request_id'] === requestId)
  await expect.poll(() => ofRequest().map(({ message }) => message)).toContain('request')
  return ofRequest()
}

test('what nobody asked for carries no id of a request', () => {
  const checked = sandbox.logged.filter(({ message }) => message === 'checked')
  expect(checked.length).toBeGreaterThan(2)
  for (const { fields } of checked) expect(fields).not.toHaveProperty('request_id')
})

describe('the id of a request', () => {
  beforeEach(() => void sandbox.logged.splice(0))

  test('is in the line of the request and in those of the check that it set going', async () => {
    await call('POST', '/v1/oci-profiles/DEFAULT/check', { 'x-request-id': 'check-1' })
    const lines = await linesOf('check-1')
    expect(lines.map(({ message }) => message)).toEqual(['checked', 'request'])
    expect(lines[1]?.fields).toMatchObject({
      method: 'POST',
      path: '/v1/oci-profiles/DEFAULT/check',
      status: 200,
      duration_ms: expect.any(Number),
    })
  })

  test('is there, too, when a body was read on the way, and in lines on requests to OCI', async () => {
    const body = { ...(await readProfile('DEFAULT')), auth_profile: 'NEW', log_requests: true }
    const answer = await call('POST', '/v1/oci-profiles', { 'x-request-id': 'new-1' }, body)
    expect(answer.status).toBe(201)
    const lines = await linesOf('new-1')
    expect(lines.map(({ message }) => message)).toEqual(['OCI request', 'checked', 'request'])
  })

  test('is in what is put on record', async () => {
    await readProfile('DEFAULT', { 'x-request-id': 'look-1' })
    const lines = await linesOf('look-1')
    expect(lines[0]).toMatchObject({
      message: 'sensitive fields were read',
      fields: { audit: true },
    })
    await call('PUT', '/v1/settings', { 'x-request-id': 'set-1' }, { default_profile: 'SESSION' })
    expect((await linesOf('set-1')).map(({ message }) => message)).toContain(
      'settings were changed',
    )
  })

  test('stays with its request when many run at once', async () => {
    const names = sandbox.samples.profiles.map(({ name }) => name)
    const calls = names.flatMap((name) =>
      Array.from({ length: 5 }, (_, index) => `${name}-${index}`),
    )
    await Promise.all(
      calls.map((id) => {
        const name = id.slice(0, id.lastIndexOf('-'))
        return call('POST', `/v1/oci-profiles/${name}/check`, { 'x-request-id': id })
      }),
    )
    for (const id of calls) {
      const [checked] = await linesOf(id)
      expect([id, checked?.fields['auth_profile']]).toEqual([id, id.slice(0, id.lastIndexOf('-'))])
    }
  })

  test.each([
    ['is the one that was sent', 'A-z_0.9', /^A-z_0\.9$/],
    ['is made where none was sent', undefined, UUID],
    ['is made where what was sent is no plain word', 'a b', UUID],
    ['is made where what was sent is too long', 'x'.repeat(65), UUID],
    ['is made where what was sent could end a line', 'a%0Ab', UUID],
  ])('%s, and comes back in the answer', async (_what, sent, expected) => {
    const headers = sent === undefined ? {} : { 'x-request-id': sent }
    const answer = await call('GET', '/v1/health/live', headers as Record<string, string>)
    const id = answer.headers.get('x-request-id') ?? ''
    expect(id).toMatch(expected)
    expect(await linesOf(id)).toHaveLength(1)
  })

  async function readProfile(name: string, headers: Record<string, string> = {}) {
    const path = `/v1/oci-profiles/${name}?include_sensitive=true`
    return (await call('GET', path, headers)).json() as Promise<object>
  }
})

describe('the ids of traceparent', () => {
  beforeEach(() => void sandbox.logged.splice(0))

  test('are in every line of the request', async () => {
    const traceparent = `00-${TRACE}-${SPAN}-01`
    await call('POST', '/v1/oci-profiles/DEFAULT/check', { traceparent, 'x-request-id': 't-1' })
    const lines = await linesOf('t-1')
    expect(lines).toHaveLength(2)
    for (const { fields } of lines) expect(fields).toMatchObject({ trace_id: TRACE, span_id: SPAN })
  })

  test.each([
    ['of a later version, with more behind it', `01-${TRACE}-${SPAN}-01-more`, true],
    ['with more behind version 00', `00-${TRACE}-${SPAN}-01-more`, false],
    ['of the version that does not exist', `ff-${TRACE}-${SPAN}-01`, false],
    ['that are all zero', `00-${'0'.repeat(32)}-${SPAN}-01`, false],
    ['whose span is all zero', `00-${TRACE}-${'0'.repeat(16)}-01`, false],
    ['in capitals', `00-${TRACE.toUpperCase()}-${SPAN}-01`, false],
    ['cut short', `00-${TRACE}-01`, false],
    ['of nobody', 'SECRET', false],
  ])('%s: %s', async (what, traceparent, isTaken) => {
    const id = what.replaceAll(/[^a-z]/g, '-')
    await call('GET', '/v1/health/live', { traceparent, 'x-request-id': id })
    const [line] = await linesOf(id)
    expect(line?.fields['trace_id']).toBe(isTaken ? TRACE : undefined)
    expect(JSON.stringify(line)).not.toContain('SECRET')
  })
})

test('a check without an SDK for traces loads nothing of OpenTelemetry', async () => {
  const recorder = new URL('../cli/record-modules.mjs', import.meta.url).href
  const place = { env: sandbox.env, nodeArgs: ['--import', recorder] }
  const { code, stderr } = await runProgram(['check', 'DEFAULT'], place)
  const loaded = stderr.split('\n').filter((line) => line.startsWith('loaded '))
  expect(code).toBe(0)
  expect(loaded.some((line) => line.includes('/node_modules/undici/'))).toBe(true)
  expect(loaded.filter((line) => line.includes('@opentelemetry'))).toEqual([])
})
