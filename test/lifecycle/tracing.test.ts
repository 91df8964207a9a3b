import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { startApi } from '../api/harness.ts'
import { registerRecordingSdk, type RecordedSpan } from './recording-sdk.ts'
import { get, openSandbox, put, type Sandbox } from './sandbox.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const CALLER = 'b7ad6b7169203331'
const TRACEPARENT = `00-${TRACE}-${CALLER}-01`

const sdk = registerRecordingSdk()
let sandbox: Sandbox
let service: Service
beforeAll(async () => {
  sandbox = await openSandbox()
  const env = {
    OCI_METADATA_BASE_URL: `${sandbox.emulator.url}/opc/v2`,
    OCI_PROFILES_CHECK_INTERVAL_S: '0',
  }
  service = await sandbox.start({ env })
  await service.checked
})
afterAll(async () => {
  await sandbox.close()
  sdk.unregister()
})

describe('a start', () => {
  let started: RecordedSpan[]
  beforeAll(() => void (started = [...sdk.spans]))

  test('reads the config file, the database, and checks each profile: spans of their own', () => {
    const [config] = started.filter(({ name }) => name === 'read config file')
    expect(config?.attributes).toMatchObject({
      'oci_profiles.config.file': sandbox.samples.configFile,
      'oci_profiles.config.profiles': sandbox.samples.profiles.length,
    })
    expect(started.find(({ name }) => name === 'SELECT settings')).toMatchObject({
      kind: SpanKind.CLIENT,
      attributes: { 'db.system.name': 'sqlite', 'db.collection.name': 'settings' },
    })
    const checks = started.filter(({ name }) => name === 'check profile')
    expect(checks.map(({ attributes }) => attributes['oci_profiles.auth_profile'])).toEqual(
      sandbox.samples.profiles.map(({ name }) => name),
    )
    for (const { parentSpanId } of checks) expect(parentSpanId).toBeNull()
  })

  test('ends every span that it has begun', () => {
    expect(started.filter(({ isEnded }) => !isEnded)).toEqual([])
  })
})

describe('a request', () => {
  beforeEach(() => void sdk.spans.splice(0))
  const spanNamed = (name: string) => sdk.spans.find((span) => span.name === name)

  const post = (path: string, headers: Record<string, string> = {}, body?: object) =>
    fetch(`${service.url}${path}`, {
      method: 'POST',
      headers: {
        'x-api-key': service.apiKey.reveal(),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body && JSON.stringify(body),
    })

  test('is a span under that of its caller, the check under it, the call to OCI under that', async () => {
    await post('/v1/oci-profiles/DEFAULT/check?', { traceparent: TRACEPARENT })
    await expect.poll(() => sdk.spans.every(({ isEnded }) => isEnded)).toBe(true)
    const [server, check, call, ...more] = sdk.spans
    expect(more).toEqual([])
    expect(server).toMatchObject({
      name: 'POST /v1/oci-profiles/:auth_profile/check',
      kind: SpanKind.SERVER,
      traceId: TRACE,
      parentSpanId: CALLER,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/v1/oci-profiles/:auth_profile/check',
        'http.response.status_code': 200,
        'url.path': '/v1/oci-profiles/DEFAULT/check',
      },
    })
    expect(check).toMatchObject({
      name: 'check profile',
      kind: SpanKind.INTERNAL,
      traceId: TRACE,
      parentSpanId: server?.spanId,
      attributes: {
        'oci_profiles.auth_profile': 'DEFAULT',
        'oci_profiles.authentication': 'api_key',
        'oci_profiles.check.code': 'OK',
      },
    })
    const emulator = new URL(sandbox.emulator.url)
    expect(call).toMatchObject({
      name: 'GET',
      kind: SpanKind.CLIENT,
      traceId: TRACE,
      parentSpanId: check?.spanId,
      attributes: {
        'http.request.method': 'GET',
        'http.response.status_code': 200,
        'server.address': emulator.hostname,
        'server.port': Number(emulator.port),
        'url.full': `${emulator.origin}/n`,
        'oci_profiles.opc_request_id': expect.any(String),
      },
    })
  })

  test('that fails marks its spans with codes, never with messages', async () => {
    sandbox.emulator.setFault('DEFAULT', { kind: 'status', status: 429 })
    await post('/v1/oci-profiles/DEFAULT/check')
    sandbox.emulator.setFault('DEFAULT', null)
    const failed = { code: SpanStatusCode.ERROR }
    expect(spanNamed('GET')).toMatchObject({ status: failed, attributes: { 'error.type': '429' } })
    expect(spanNamed('check profile')).toMatchObject({
      status: failed,
      attributes: { 'error.type': 'RATE_LIMITED' },
    })
    // The answer is 200 all the same: that the profile does not work is what was asked for.
    expect(spanNamed('POST /v1/oci-profiles/:auth_profile/check')?.status.code).toBe(0)
  })

  test('that is refused is told, too, without a route where there is none', async () => {
    await fetch(`${service.url}/v1/oci-profiles?include_sensitive=true`)
    await fetch(`${service.url}/v1/no-such-route?x=1`, {
      headers: { 'x-api-key': service.apiKey.reveal() },
    })
    await expect.poll(() => sdk.spans.map(({ isEnded }) => isEnded)).toEqual([true, true])
    expect(sdk.spans.map(({ name, attributes }) => [name, attributes['url.path']])).toEqual([
      ['GET /v1/oci-profiles', '/v1/oci-profiles'],
      ['GET', '/v1/no-such-route'],
    ])
  })

  test('that stores settings has the write of the database under it', async () => {
    await put(service, '/v1/settings', { log_level: 'debug' })
    await expect.poll(() => spanNamed('PUT /v1/settings')?.isEnded).toBe(true)
    expect(spanNamed('UPDATE settings')).toMatchObject({
      parentSpanId: spanNamed('PUT /v1/settings')?.spanId,
      isEnded: true,
    })
  })

  test('that needs a token of a principal has its request under it, each call told', async () => {
    const tenancy = `ocid1.tenancy.oc1..${'t'.repeat(60)}`
    await sandbox.emulator.addPrincipal({
      kind: 'instance',
      name: 'here',
      tenancy,
      namespace: 'ns',
    })
    const body = { auth_profile: 'HERE', authentication: 'instance_principal' }
    expect((await post('/v1/oci-profiles', {}, body)).status).toBe(201)
    const token = spanNamed('request token')
    expect(token).toMatchObject({
      attributes: { 'oci_profiles.principal': 'instance' },
      isEnded: true,
      status: { code: 0 },
    })
    const calls = sdk.spans.filter(({ parentSpanId }) => parentSpanId === token?.spanId)
    expect(calls.map(({ name }) => name)).toContain('POST')
    expect(calls.length).toBeGreaterThan(2)
    const urls = calls.map(({ attributes }) => attributes['url.full'])
    expect(urls).toContain(`${sandbox.emulator.url}/v1/x509`)
  })

  test('names its trace in every line that is logged for it', async () => {
    sandbox.logged.splice(0)
    await post('/v1/oci-profiles/DEFAULT/check', {
      traceparent: TRACEPARENT,
      'x-request-id': 'r-1',
    })
    await expect.poll(() => sandbox.logged.some(({ message }) => message === 'request')).toBe(true)
    const lines = sandbox.logged.map(({ message, fields }) => [
      message,
      fields['request_id'],
      fields['trace_id'],
    ])
    expect(lines).toEqual([
      ['checked', 'r-1', TRACE],
      ['request', 'r-1', TRACE],
    ])
    const spans = new Set(sdk.spans.map(({ spanId }) => spanId))
    for (const { fields } of sandbox.logged) expect(spans).toContain(fields['span_id'])
  })

  test('joins the span that an instrumentation of HTTP has made', async () => {
    const api = await startApi()
    const tracer = trace.getTracer('instrumentation')
    await tracer.startActiveSpan('GET', async (span) => {
      await api.call('GET', '/v1/health/live')
      span.end()
    })
    await api.close()
    expect(sdk.spans.map(({ name, attributes }) => [name, attributes['http.route']])).toEqual([
      ['GET', '/v1/health/live'],
    ])
  })
})

test('no span holds a secret or a query', async () => {
  await get(service, '/v1/oci-profiles/DEFAULT?include_sensitive=true')
  const { json } = await get(service, '/v1/oci-profiles?include_sensitive=true')
  const secrets = json.flatMap(({ pass_phrase, key_content }: any) => [pass_phrase, key_content])
  const text = JSON.stringify(sdk.spans)
  for (const secret of [...secrets, service.apiKey.reveal()].filter(Boolean)) {
    expect(text).not.toContain(secret)
  }
  expect(text).not.toMatch(/include_sensitive|signature=|ST\$|PRIVATE KEY|Bearer/)
})

test('checks in the background stay apart from the request that set them going', async () => {
  sdk.spans.splice(0)
  sandbox.logged.splice(0)
  const other = await sandbox.start()
  await other.checked
  const { status } = await put(other, '/v1/settings', { check_interval_s: 1, log_level: 'debug' })
  expect(status).toBe(200)
  sdk.spans.splice(0)
  sandbox.logged.splice(0)
  await expect
    .poll(() => sdk.spans.filter(({ name }) => name === 'check profile').length, {
      timeout: 10_000,
    })
    .toBeGreaterThan(2)
  const checks = sdk.spans.filter(({ name }) => name === 'check profile')
  expect(checks.map(({ parentSpanId }) => parentSpanId)).toEqual(checks.map(() => null))
  const lines = sandbox.logged.filter(({ message }) => message === 'checked')
  expect(lines.map(({ fields }) => fields['request_id'])).toEqual(lines.map(() => undefined))
})
