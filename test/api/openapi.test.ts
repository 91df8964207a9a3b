import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { READ_ONLY_FIELDS } from '../../src/schemas/index.ts'
import { diagnosisAnswer, profileAnswer } from '../../src/schemas/wire/index.ts'
import { startApi, type TestApi } from './harness.ts'

let api: TestApi
let document: any
beforeAll(async () => {
  api = await startApi({ profiles: [{ auth_profile: 'a' }] })
  document = (await api.call('GET', '/v1/openapi.json')).json
})
afterAll(() => api.close())

test('is a valid OpenAPI 3.1 document', async () => {
  expect(document.openapi).toMatch(/^3\.1/)
  const result = await new Validator().validate(structuredClone(document))
  expect(result.errors).toBeUndefined()
  expect(result.valid).toBe(true)
})

test('lists exactly the routes of the API', () => {
  const routes = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(routes.toSorted()).toEqual([
    'DELETE /v1/oci-profiles/{auth_profile}',
    'GET /metrics',
    'GET /v1/checks',
    'GET /v1/events',
    'GET /v1/health/live',
    'GET /v1/health/ready',
    'GET /v1/oci-profiles',
    'GET /v1/oci-profiles/{auth_profile}',
    'GET /v1/oci-profiles/{auth_profile}/checks',
    'GET /v1/oci-profiles/{auth_profile}/diagnosis',
    'GET /v1/openapi.json',
    'GET /v1/settings',
    'POST /v1/oci-profiles',
    'POST /v1/oci-profiles/parse',
    'POST /v1/oci-profiles/reload',
    'POST /v1/oci-profiles/{auth_profile}/check',
    'PUT /v1/oci-profiles/{auth_profile}',
    'PUT /v1/settings',
  ])
})

test('marks what only the system sets as read-only', () => {
  for (const name of ['OciProfile', 'OciProfileCreate', 'OciProfileUpdate']) {
    const { properties } =
      document.components.schemas[name] ?? document.components.schemas[`${name}Input`]
    for (const field of READ_ONLY_FIELDS) {
      expect([name, field, properties[field].readOnly]).toEqual([name, field, true])
    }
  }
})

test('gives each operation the problems that it answers', () => {
  const { responses } = document.paths['/v1/oci-profiles'].post
  expect(Object.keys(responses)).toEqual(
    expect.arrayContaining(['201', '400', '401', '409', '413', '415', '422']),
  )
  expect(responses['409'].content).toHaveProperty(['application/problem+json'])
})

test('says what every operation may answer to a query or a body that it does not take', async () => {
  // What probes, scrapers and generators read takes any query: some add one.
  const takesAny = /^\/(?:metrics|v1\/health\/\w+|v1\/openapi\.json)$/
  const operations = Object.entries<object>(document.paths)
    .filter(([path]) => !takesAny.test(path))
    .flatMap(([path, methods]) => Object.entries<any>(methods).map((entry) => [path, ...entry]))
  for (const [path, method, { responses }] of operations) {
    const url = path.replace('{auth_profile}', 'a')
    const asked: { query: string; text?: string; type: string }[] = [
      { query: '?no=1', type: 'application/json' },
    ]
    if (method !== 'get') asked.push({ query: '', text: 'x', type: 'text/plain' })
    for (const { query, text, type } of asked) {
      const headers = { 'content-type': type }
      const { status } = await api.call(method.toUpperCase(), url + query, { text, headers })
      expect([path, method, [400, 415, 422].includes(status)]).toEqual([path, method, true])
      expect(Object.keys(responses)).toContain(String(status))
    }
  }
})

test('speaks of profiles as they are answered', async () => {
  const { json } = await api.call('GET', '/v1/oci-profiles/a?include_sensitive=true')
  expect(profileAnswer.strict().parse(json)).toEqual(json)
})

test('has a schema for diagnoses', () => {
  expect(diagnosisAnswer.safeParse({}).success).toBe(false)
})

test('says that health needs no key, and who is refused all the same', async () => {
  for (const path of ['/v1/health/live', '/v1/health/ready']) {
    const { security, responses } = document.paths[path].get
    expect(security).toEqual([])
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '400', '403']))
    expect(Object.keys(responses)).not.toContain('401')
  }
  expect(document.paths['/metrics'].get.security).toBeUndefined()
})
