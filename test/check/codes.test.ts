/**
 * Every code of a check, each brought about for real: the table does not compile when one is missing. None of the results
 * and nothing that is logged on the way holds a pass phrase, a key or a token.
 */
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEmulator, type Emulator, type Fault } from '../../emulator/index.ts'
import { runCheck, type CheckDeps } from '../../src/check/index.ts'
import { ERRORS, type CheckCode } from '../../src/errors.ts'
import type { Logger, OciProfileInput } from '../../src/schemas/index.ts'
import { makeLoopbackCertificate } from '../fixtures/certificates.ts'
import { addTestIdentity, testOcid } from '../fixtures/identities.ts'
import { makeMaterial, makeToken, PASS_PHRASE, type Material } from './material.ts'
import { findRefusingUrl, startBlackHole, type Peer } from './peers.ts'

interface Scene {
  changes?: Partial<OciProfileInput>
  /** Files of the folder in place of the good ones. */
  key?: string
  token?: string
  fault?: Fault
  env?: Record<string, string>
  deps?: CheckDeps
  /** Bounds of `duration_ms`. */
  lasts?: [number, number]
}

let emulator: Emulator
let secure: Emulator
let blackHole: Peer
let material: Material
let refusingUrl: string
let token: string

const SECRETS = ['canary', PASS_PHRASE]

beforeAll(async () => {
  material = await makeMaterial()
  emulator = await startEmulator()
  const certificate = makeLoopbackCertificate(material.key)
  secure = await startEmulator({ tls: { key: material.key.privatePem, cert: certificate } })
  blackHole = await startBlackHole()
  refusingUrl = await findRefusingUrl()
  token = makeToken({ exp: 4_000_000_000 })
  await writeFile(material.path('lasting.token'), token)
})
afterAll(async () => {
  await emulator.close()
  await secure.close()
  await blackHole[Symbol.asyncDispose]()
  await material[Symbol.asyncDispose]()
})

const session = { authentication: 'security_token', user: null, fingerprint: null }
const principal = (authentication: string) => ({ changes: { authentication } })
const endpoint = (url: string) => ({ OCI_PROFILES_ENDPOINT_URL: url })

const SCENES: Record<CheckCode, () => Scene> = {
  AUTHENTICATION_UNKNOWN: () => ({ changes: { authentication: 'password' } }),
  FIELD_MISSING: () => ({ changes: { tenancy: null } }),
  OCID_INVALID: () => ({ changes: { tenancy: 'mine' } }),
  FINGERPRINT_INVALID: () => ({ changes: { fingerprint: 'SHA256:canary' } }),
  REGION_INVALID: () => ({ changes: { region: 'eu.frankfurt' } }),
  REALM_UNKNOWN: () => ({
    changes: { region: 'xx-nowhere-7', tenancy: 'ocid1.tenancy.oc987..aa' },
    env: endpoint(''),
  }),
  KEY_FILE_NOT_FOUND: () => ({ key: 'lost.pem' }),
  KEY_FILE_UNREADABLE: () => ({ key: 'folder' }),
  KEY_INVALID: () => ({ key: 'text.pem' }),
  KEY_IS_PUBLIC: () => ({ key: 'key_public.pem' }),
  KEY_NOT_RSA: () => ({ key: 'ec.pem' }),
  KEY_TOO_SHORT: () => ({ key: 'short.pem' }),
  PASS_PHRASE_MISSING: () => ({ key: 'encrypted.pem' }),
  PASS_PHRASE_WRONG: () => ({ key: 'encrypted.pem', changes: { pass_phrase: 'canary-wrong' } }),
  FINGERPRINT_MISMATCH: () => ({ key: 'other.pem' }),
  TOKEN_FILE_NOT_FOUND: () => ({ changes: session, token: 'lost.token' }),
  TOKEN_FILE_UNREADABLE: () => ({ changes: session, token: 'folder' }),
  TOKEN_INVALID: () => ({ changes: session, token: 'text.token' }),
  TOKEN_EXPIRED: () => ({ changes: session, token: 'expired.token' }),
  TOKEN_KEY_MISMATCH: () => ({ changes: session, token: 'other.token' }),
  NOT_ON_OCI: () => ({
    ...principal('instance_principal'),
    env: { OCI_METADATA_BASE_URL: refusingUrl },
    lasts: [0, 2000],
  }),
  NOT_ON_OKE: () => ({ ...principal('oke_workload_identity'), lasts: [0, 2000] }),
  RESOURCE_PRINCIPAL_UNAVAILABLE: () => ({ ...principal('resource_principal'), lasts: [0, 2000] }),
  DNS_FAILED: () => ({ env: endpoint('http://objectstorage.invalid') }),
  CONNECTION_REFUSED: () => ({ env: endpoint(refusingUrl) }),
  CONNECT_TIMEOUT: () => ({ env: endpoint(blackHole.url), lasts: [950, 2000] }),
  READ_TIMEOUT: () => ({ fault: { kind: 'silent' }, lasts: [9500, 11_000] }),
  TLS_UNTRUSTED: () => ({ env: endpoint(secure.url) }),
  CONNECTION_LOST: () => ({ fault: { kind: 'reset' } }),
  CLOCK_SKEW: () => ({ fault: { kind: 'clock', offsetMs: 400_000 } }),
  NOT_AUTHENTICATED: () => ({ changes: session, token: 'lasting.token' }),
  NOT_AUTHORIZED: () => ({ fault: { kind: 'status', status: 404 } }),
  RATE_LIMITED: () => ({ fault: { kind: 'status', status: 429 } }),
  SERVICE_ERROR: () => ({ fault: { kind: 'status', status: 500, message: 'canary of the body' } }),
  UNEXPECTED_RESPONSE: () => ({ fault: { kind: 'nonsense' } }),
  CHECK_CANCELLED: () => ({
    fault: { kind: 'silent' },
    deps: { signal: AbortSignal.timeout(200) },
  }),
  CHECK_FAILED: () => ({
    deps: {
      initClient: () => Promise.reject(new TypeError('canary\n    at canary (in a message)')),
    },
  }),
}

const codes = Object.keys(SCENES) as CheckCode[]

test('there is a scene for each code, in the order of the table', () => {
  expect(codes).toEqual(Object.keys(ERRORS).slice(0, codes.length))
})

describe.concurrent('a check', () => {
  test.each(codes)('tells %s, and no secret', async (code) => {
    const { changes, key, token: tokenFile, fault, env, deps, lasts } = SCENES[code]()
    const user = testOcid('user', code)
    await addTestIdentity(emulator, code, { user })
    if (fault) emulator.setFault(code, fault)
    const profile = material.profile({
      user,
      ...(key && { key_file: material.path(key) }),
      ...(tokenFile && { security_token_file: material.path(tokenFile) }),
      log_requests: true,
      ...changes,
    })
    const log: unknown[] = []
    const outcome = await runCheck(profile, {
      env: { ...endpoint(emulator.url), HOME: material.folder, ...env },
      logger: recordTo(log),
      ...deps,
    })

    const { check } = outcome
    expect(check).toMatchObject({ status: 'failed', code })
    expect(outcome.namespace).toBeNull()
    expect(check.message).toMatch(/^\S.{9,}[^.]$/)
    expect(check.fix).toMatch(/^[A-Z].{9,}$/)
    const [least, most] = lasts ?? [0, 9000]
    expect(check.duration_ms).toBeGreaterThanOrEqual(least)
    expect(check.duration_ms).toBeLessThanOrEqual(most)
    expectNoSecret(JSON.stringify([outcome, log]))
  })
})

test('a check of an encrypted key that works shows no secret either', async () => {
  const log: unknown[] = []
  await addTestIdentity(emulator, 'good', { user: testOcid('user', 'good') })
  const profile = material.profile({
    user: testOcid('user', 'good'),
    key_file: material.path('encrypted.pem'),
    pass_phrase: PASS_PHRASE,
    log_requests: true,
  })
  const env = endpoint(emulator.url)
  const outcome = await runCheck(profile, { env, logger: recordTo(log) })
  expect(outcome.check.status).toBe('ok')
  expect(JSON.stringify(log)).toContain('/n')
  expectNoSecret(JSON.stringify([outcome, log, profile]))
})

function expectNoSecret(text: string): void {
  const secrets = [...SECRETS, token, ...linesOf(material.key.privatePem)]
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
}

/** Lines of the key's own text, not of its frame. */
function linesOf(pem: string): string[] {
  return pem.split('\n').filter((line) => line.length > 20 && !line.startsWith('-'))
}

function recordTo(log: unknown[]): Logger {
  const record = (fields: Record<string, unknown>, message: string) => {
    log.push(message, fields, ...Object.values(fields).map(String))
  }
  return { debug: record, info: record, warn: record, error: record }
}
