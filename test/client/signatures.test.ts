import { Readable } from 'node:stream'
import type { HttpRequest } from 'oci-common'
import { describe, expect, test } from 'vitest'
import { getSigner } from '../../src/client/index.ts'
import { goodPublicKey } from './key-material.ts'
import { apiKeyProfile, FINGERPRINT, TENANCY, USER } from './profiles.ts'
import { verifySignature, type SeenSignature } from './verify-signature.ts'

const URL_OF_ALL =
  'https://objectstorage.eu-frankfurt-1.oraclecloud.com/n/ns/b/b/o/a%2Fb?q=1&x=%C3%BC'
const EMPTY_DIGEST = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
const ALWAYS = ['x-date', '(request-target)', 'host']
const WITH_BODY = [...ALWAYS, 'content-type', 'content-length', 'x-content-sha256']

interface Signed {
  request: HttpRequest
  seen: SeenSignature
}

async function signed(fields: Partial<HttpRequest> = {}, excludeBody?: boolean): Promise<Signed> {
  const request: HttpRequest = { method: 'GET', uri: URL_OF_ALL, headers: new Headers(), ...fields }
  const signer = await getSigner(apiKeyProfile())
  await signer.signHttpRequest(request, excludeBody)
  return { request, seen: see(request) }
}

/** As a service would see it, `change` being what happened to it on the way. */
function see(
  request: HttpRequest,
  change: { target?: string; headers?: object; body?: string } = {},
) {
  const url = new URL(request.uri)
  return verifySignature(
    {
      method: request.method,
      target: change.target ?? url.pathname + url.search,
      headers: { ...Object.fromEntries(request.headers), ...change.headers },
      body: Buffer.from(change.body ?? wholeBody(request.body)),
    },
    goodPublicKey,
  )
}

/** What can be read once only is not looked at: a test that signs it says what it was. */
function wholeBody(body: unknown): Uint8Array {
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof Uint8Array) return body
  return body instanceof ArrayBuffer ? new Uint8Array(body) : new Uint8Array()
}

describe('a signature', () => {
  test('names the key by tenancy, user and fingerprint', async () => {
    const { seen } = await signed()
    const expected = {
      keyId: `${TENANCY}/${USER}/${FINGERPRINT}`,
      algorithm: 'rsa-sha256',
      version: '1',
      isValid: true,
    }
    expect(seen).toMatchObject(expected)
  })

  const text = 'ä{"name": "\u{1F600}"}'
  test.for<[string, Partial<HttpRequest>, boolean, string[]]>([
    ['a GET', {}, false, ALWAYS],
    ['a HEAD', { method: 'HEAD' }, false, ALWAYS],
    ['a DELETE', { method: 'DELETE' }, false, ALWAYS],
    ['a POST of text', { method: 'POST', body: text }, false, WITH_BODY],
    ['a PUT of bytes', { method: 'PUT', body: Buffer.from([0, 255, 1]) }, false, WITH_BODY],
    [
      'a PATCH of an Uint8Array',
      { method: 'PATCH', body: new Uint8Array([1, 2]) },
      false,
      WITH_BODY,
    ],
    [
      'a POST of an ArrayBuffer',
      { method: 'POST', body: new Uint8Array([1, 2]).buffer },
      false,
      WITH_BODY,
    ],
    ['a POST without a body', { method: 'POST' }, false, WITH_BODY],
    ['a POST of 1 MiB', { method: 'POST', body: 'x'.repeat(1 << 20) }, false, WITH_BODY],
    ['a PUT whose body is left out', { method: 'PUT', body: Readable.from(['x']) }, true, ALWAYS],
    [
      'a lower-case method',
      { method: 'post' as HttpRequest['method'], body: 'x' },
      false,
      WITH_BODY,
    ],
    ['a target without a path', { uri: 'http://127.0.0.1:8080' }, false, ALWAYS],
    ['a target with blanks', { uri: 'http://127.0.0.1/a b?c d' }, false, ALWAYS],
    ['an IPv6 host', { uri: 'http://[::1]:8080/n' }, false, ALWAYS],
  ])('holds for %s', async ([, fields, excludeBody, names]) => {
    const { seen } = await signed(fields, excludeBody)
    expect(seen).toMatchObject({
      isValid: true,
      names,
      isBodyIntact: names === WITH_BODY ? true : null,
    })
  })

  test('counts the bytes of a text and not its characters', async () => {
    const { request } = await signed({ method: 'POST', body: 'ä€\u{1F600}' })
    expect(request.headers.get('content-length')).toBe('9')
  })

  test('of an empty body has the digest of nothing', async () => {
    const { request } = await signed({ method: 'POST' })
    expect(request.headers.get('x-content-sha256')).toBe(EMPTY_DIGEST)
    expect(request.headers.get('content-length')).toBe('0')
    expect(request.headers.get('content-type')).toBe('application/json')
  })

  test.for<[string, () => unknown]>([
    ['a Readable', () => Readable.from([Buffer.from('ab'), 'c'])],
    ['a ReadableStream', () => Readable.toWeb(Readable.from([Buffer.from('abc')]))],
    ['a Blob', () => new Blob(['abc'])],
  ])('of %s covers what it held', async ([, body]) => {
    const { request } = await signed({ method: 'POST', body: body() })
    const sent =
      request.body instanceof Blob
        ? await request.body.text()
        : Buffer.from(request.body as Buffer).toString()
    expect(sent).toBe('abc')
    expect(see({ ...request, body: 'abc' })).toMatchObject({ isValid: true, isBodyIntact: true })
  })

  test('keeps a content type and a date that are there, and replaces an old signature and host', async () => {
    const date = 'Thu, 05 Jan 2014 21:31:40 GMT'
    const headers = new Headers({
      'content-type': 'text/plain',
      'x-date': date,
      authorization: 'old',
      host: 'old',
      'content-length': '999',
    })
    const { request, seen } = await signed({ method: 'POST', body: 'x', headers })
    expect(seen).toMatchObject({ isValid: true, isBodyIntact: true })
    expect(Object.fromEntries(request.headers)).toMatchObject({
      'content-type': 'text/plain',
      'x-date': date,
      host: new URL(URL_OF_ALL).host,
    })
  })

  test('covers the headers that act for another tenancy', async () => {
    const headers = new Headers({ 'opc-obo-token': 'token', 'x-subscription': 'ocid' })
    const { seen } = await signed({ headers })
    expect(seen).toMatchObject({
      isValid: true,
      names: [...ALWAYS, 'opc-obo-token', 'x-subscription'],
    })
  })

  test('is dated now', async () => {
    const { request } = await signed()
    const age = Date.now() - Date.parse(request.headers.get('x-date') ?? '')
    expect(age).toBeGreaterThanOrEqual(0)
    expect(age).toBeLessThan(5000)
  })

  test.for<[string, Parameters<typeof see>[1]]>([
    ['the path', { target: '/n/ns/b/b/o/a%2fb?q=1&x=%C3%BC' }],
    ['the query', { target: '/n/ns/b/b/o/a%2Fb?q=2&x=%C3%BC' }],
    ['the host', { headers: { host: 'objectstorage.eu-frankfurt-1.oraclecloud.con' } }],
    ['the date', { headers: { 'x-date': 'Thu, 05 Jan 2014 21:31:41 GMT' } }],
    ['the length', { headers: { 'content-length': '3' } }],
    ['the digest', { headers: { 'x-content-sha256': EMPTY_DIGEST } }],
  ])('breaks when %s changes', async ([, change]) => {
    const { request } = await signed({ method: 'POST', body: 'ab' })
    expect(see(request).isValid).toBe(true)
    expect(see(request, change).isValid).toBe(false)
  })

  test('breaks when one byte of the body changes', async () => {
    const { request } = await signed({ method: 'POST', body: 'ab' })
    expect(see(request, { body: 'aB' })).toMatchObject({ isValid: true, isBodyIntact: false })
  })
})

describe('getSigner refuses', () => {
  test.for<[string, Parameters<typeof apiKeyProfile>[0], string, string]>([
    ['a missing user', { user: null }, 'FIELD_MISSING', 'user'],
    ['a missing tenancy', { tenancy: null }, 'FIELD_MISSING', 'tenancy'],
    ['a missing fingerprint', { fingerprint: null }, 'FIELD_MISSING', 'fingerprint'],
    ['a missing key', { key_content: null }, 'FIELD_MISSING', 'key_file'],
    ['a quote in the user', { user: 'ocid1.user.oc1..x",algorithm="none' }, 'OCID_INVALID', 'user'],
    ['a line break in the tenancy', { tenancy: 'x\r\nhost: evil' }, 'OCID_INVALID', 'tenancy'],
    ['a slash in the tenancy', { tenancy: 'a/b' }, 'OCID_INVALID', 'tenancy'],
    [
      'letters beyond ASCII in the fingerprint',
      { fingerprint: 'é' },
      'FINGERPRINT_INVALID',
      'fingerprint',
    ],
    [
      'a type that nobody knows',
      { authentication: 'kerberos' },
      'AUTHENTICATION_UNKNOWN',
      'authentication',
    ],
    [
      'a name that all objects have',
      { authentication: 'toString' },
      'AUTHENTICATION_UNKNOWN',
      'authentication',
    ],
  ])('%s', async ([, fields, code, field]) => {
    await expect(getSigner(apiKeyProfile(fields))).rejects.toMatchObject({ code, field })
  })
})
