import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { decodeJwt, loadSessionToken, tokenMatchesKey } from '../../src/client/index.ts'
import { createProfile } from '../../src/schemas/index.ts'
import { goodKey, goodPublicKey, rsaPair } from './key-material.ts'
import { TENANCY, USER } from './profiles.ts'
import { makeToken, makeTokenFor, secondsFromNow } from './session-token.ts'
import { tempFolder } from './temp-folder.ts'

const write = tempFolder()
const other = rsaPair(2048)

function load(content: string | Buffer, options: { now?: number } = {}) {
  return loadAt(write('token', content), options)
}

function loadAt(security_token_file: string, options: { now?: number } = {}) {
  return loadSessionToken(createProfile({ auth_profile: 'P', security_token_file }), options)
}

const encode = (text: string | Buffer) => Buffer.from(text).toString('base64url')

describe('loadSessionToken', () => {
  test('reads the token and what it says', async () => {
    const exp = secondsFromNow(600)
    const text = makeToken({ exp, iat: exp - 3600 })
    const token = await load(text)
    expect(token.raw.reveal()).toBe(text)
    expect(token.expiresAt).toEqual(new Date(exp * 1000))
    expect(token.claims).toMatchObject({
      subject: USER,
      tenancy: TENANCY,
      issuedAt: new Date((exp - 3600) * 1000),
    })
    expect(inspect(token) + JSON.stringify(token)).not.toContain(text.split('.')[2])
  })

  test.for<[string, (token: string) => string]>([
    ['a line end', (token) => `${token}\n`],
    ['Windows line ends', (token) => `\r\n${token}\r\n`],
    ['a byte order mark', (token) => `\uFEFF${token}`],
  ])('takes no notice of %s around it', async ([, around]) => {
    const text = makeToken()
    expect((await load(around(text))).raw.reveal()).toBe(text)
  })

  test('takes a token without a date of expiry', async () => {
    expect((await load(makeToken({ exp: undefined }))).expiresAt).toBeNull()
  })

  test('says when a token expired', async () => {
    const refusal = load(makeToken({ exp: Date.UTC(2026, 0, 2, 3, 4, 5) / 1000 }))
    const expected = {
      code: 'TOKEN_EXPIRED',
      field: 'security_token_file',
      message: expect.stringContaining('2026-01-02T03:04:05Z'),
    }
    await expect(refusal).rejects.toMatchObject(expected)
  })

  test('goes by the clock that it is given', async () => {
    const text = makeToken({ exp: 1000 })
    await expect(load(text, { now: 999_999 })).resolves.toHaveProperty('raw')
    await expect(load(text, { now: 1_000_000 })).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' })
  })

  const [header = '', claims = ''] = makeToken().split('.')
  test.for<[string, string | Buffer, RegExp]>([
    ['nothing', '', /is empty/],
    ['prose', 'hello', /1 parts/],
    ['two parts', `${header}.${claims}`, /2 parts/],
    ['four parts', `${header}.${claims}.x.y`, /4 parts/],
    ['fifty thousand parts', '.'.repeat(50_000), /many parts/],
    ['no signature', `${header}.${claims}.`, /not base64url/],
    ['plain base64', `${header}.${claims}.a+b/`, /not base64url/],
    ['padding', `${header}.${claims}.YQ==`, /not base64url/],
    ['text with a line break inside', `${header}.\n${claims}.x`, /has line breaks in it/],
    ['claims that are no JSON', `${header}.${encode('{"exp":')}.x`, /no JSON object as its claims/],
    ['claims that are a list', `${header}.${encode('[1]')}.x`, /no JSON object as its claims/],
    ['a header that is null', `${encode('null')}.${claims}.x`, /no JSON object as its header/],
    [
      'bytes that are not UTF-8',
      `${header}.${encode(Buffer.from([0x7b, 0xff, 0x7d]))}.x`,
      /no JSON object/,
    ],
    ['a date that is text', makeToken({ exp: 'tomorrow' }), /claim exp that is no time/],
    ['a date beyond all dates', makeToken({ exp: 1e300 }), /claim exp that is no time/],
    ['a date before all dates', makeToken({ exp: -1 }), /claim exp that is no time/],
  ])('refuses %s', async ([, content, message]) => {
    const refusal = await load(content).catch((error: unknown) => error)
    expect(refusal).toMatchObject({
      code: 'TOKEN_INVALID',
      field: 'security_token_file',
      message: expect.stringMatching(message),
    })
    expect(String(refusal)).not.toContain(header)
  })

  test('says that there is no file, or that it cannot be read', async () => {
    const folder = dirname(write('token', ''))
    mkdirSync(join(folder, 'folder'))
    await expect(loadAt(join(folder, 'none'))).rejects.toMatchObject({
      code: 'TOKEN_FILE_NOT_FOUND',
    })
    await expect(loadAt(join(folder, 'folder'))).rejects.toMatchObject({
      code: 'TOKEN_FILE_UNREADABLE',
    })
    await expect(load('x'.repeat(70_000))).rejects.toMatchObject({ code: 'TOKEN_FILE_UNREADABLE' })
    const none = createProfile({ auth_profile: 'P' })
    await expect(loadSessionToken(none)).rejects.toMatchObject({ code: 'FIELD_MISSING' })
  })
})

describe('tokenMatchesKey says', () => {
  const jwk = goodPublicKey.export({ format: 'jwk' })
  test.for<[boolean | null, string, string]>([
    [true, 'the key of the token', makeTokenFor(goodPublicKey)],
    [true, 'a key given as an object', makeToken({ jwk })],
    [true, 'a key written with padding and leading zeros', makeToken({ jwk: padded(jwk) })],
    [false, 'another key', makeTokenFor(other.publicKey)],
    [false, 'a key with another exponent', makeToken({ jwk: { ...jwk, e: 'Aw' } })],
    [null, 'a token that names no key', makeToken()],
    [null, 'a token that names nonsense', makeToken({ jwk: '{' })],
    [null, 'a token whose key is no key', makeToken({ jwk: { n: 1 } })],
  ])('%s to %s', async ([expected, , text]) => {
    expect(tokenMatchesKey(await load(text), goodKey)).toBe(expected)
  })
})

function padded({ n = '', e = '' }: { n?: string; e?: string }) {
  const bytes = Buffer.concat([Buffer.from([0]), Buffer.from(n, 'base64url')])
  return { n: bytes.toString('base64'), e }
}

test('decodeJwt takes a token apart', () => {
  expect(decodeJwt(makeToken({ x: 1 }))).toMatchObject({
    header: { alg: 'RS256' },
    claims: { x: 1, sub: USER },
  })
})

test('decodeJwt refuses a token of 64 KiB and more at once', () => {
  expect(() => decodeJwt('a'.repeat(65_537))).toThrow('64 KiB')
})
