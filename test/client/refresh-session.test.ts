/** Sessions that are refreshed, against the emulator. */
import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startEmulator, type Emulator, type Fault, type Identity } from '../../emulator/index.ts'
import { decodeJwt, getSigner, refreshSession } from '../../src/client/index.ts'
import type { OciProfileConfig } from '../../src/schemas/index.ts'
import { exportKey, goodKey, goodPublicKey, rsaPair } from './key-material.ts'
import { apiKeyProfile, sessionProfile, TENANCY, USER } from './profiles.ts'
import { signRequest } from './sign-request.ts'
import { makeFolder } from './temp-folder.ts'

let emulator: Emulator
let identity: Identity

beforeAll(async () => {
  emulator = await startEmulator()
  identity = emulator.addIdentity({
    name: 'ADA',
    user: USER,
    tenancy: TENANCY,
    namespace: 'axada',
    publicKey: goodPublicKey,
  })
})
afterEach(() => emulator.setFault(null, []))
afterAll(() => emulator.close())

const mint = (expiresInS = 300, publicKey = goodPublicKey) =>
  emulator.mintSessionToken({ identity, publicKey, expiresInS })

/** In a folder of its own. */
function newSession(token = mint()): OciProfileConfig & { security_token_file: string } {
  const folder = makeFolder()
  const path = join(folder, 'token')
  writeFileSync(path, token)
  writeFileSync(join(folder, 'key.pem'), exportKey(goodKey, 'pkcs8'))
  return { ...sessionProfile(path, join(folder, 'key.pem')), security_token_file: path }
}

const read = ({ security_token_file: path }: { security_token_file: string }) =>
  readFileSync(path, 'utf8')

const refresh = (profile: OciProfileConfig, env: Record<string, string> = {}) =>
  refreshSession(profile, { env: { OCI_PROFILES_ENDPOINT_URL_AUTH: emulator.url, ...env } })

describe('a session that is refreshed', () => {
  test('has a token that ends later, in a file that nobody else reads', async () => {
    const before = mint()
    const profile = newSession(`${before}\n`)
    chmodSync(profile.security_token_file, 0o644)
    const { isNew, expiresAt } = await refresh(profile)
    const after = read(profile)
    expect(isNew).toBe(true)
    expect(after).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
    expect(after).not.toBe(before)
    expect(decodeJwt(after).claims['exp']).toBe(expiresAt!.getTime() / 1000)
    expect(expiresAt!.getTime()).toBeGreaterThan(Date.now() + 3_500_000)
    expect(statSync(profile.security_token_file).mode & 0o777).toBe(0o600)
    expect(readdirSync(dirname(profile.security_token_file)).toSorted()).toEqual([
      'key.pem',
      'token',
    ])
    expect(emulator.requests.at(-1)).toMatchObject({
      method: 'POST',
      target: '/v1/authentication/refresh',
      status: 200,
    })
  })

  test('goes on for those who sign with it', async () => {
    const profile = newSession()
    const signer = await getSigner(profile)
    const before = await signRequest(signer, goodPublicKey)
    await refresh(profile)
    await getSigner(profile)
    const after = await signRequest(signer, goodPublicKey)
    expect(before.keyId).not.toBe(after.keyId)
    expect(after).toMatchObject({ keyId: `ST$${read(profile)}`, isValid: true })
  })

  test('keeps the symbolic link that leads to its token', async () => {
    const profile = newSession()
    const link = join(dirname(profile.security_token_file), 'link')
    symlinkSync('token', link)
    const before = read(profile)
    await refresh({ ...profile, security_token_file: link })
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(read(profile)).not.toBe(before)
  })

  test('keeps a token that ends later than the new one', async () => {
    const profile = newSession(mint(36_000))
    const before = read(profile)
    const { isNew, expiresAt } = await refresh(profile)
    expect([isNew, read(profile)]).toEqual([false, before])
    expect(expiresAt!.getTime()).toBeGreaterThan(Date.now() + 35_000_000)
  })

  test.each([36_000, 100])(
    'keeps what somebody else has put there meanwhile, for %i s',
    async (s) => {
      const profile = newSession()
      emulator.setFault(null, [{ kind: 'slow', delayMs: 1_000 }])
      const refreshed = refresh(profile)
      await pause(300)
      const theirs = mint(s)
      writeFileSync(profile.security_token_file, theirs)
      expect(await refreshed).toMatchObject({ isNew: true })
      expect(read(profile)).toBe(theirs)
    },
  )
})

describe('a refresh that fails leaves the token as it is', () => {
  test.for<[string, Fault, string]>([
    ['OCI refuses it', { kind: 'status', status: 401 }, 'NOT_AUTHENTICATED'],
    ['OCI has too many requests', { kind: 'status', status: 429 }, 'RATE_LIMITED'],
    ['OCI fails', { kind: 'status', status: 503 }, 'SERVICE_ERROR'],
    ['the clock is wrong', { kind: 'clock', offsetMs: 600_000 }, 'CLOCK_SKEW'],
    ['something else answers', { kind: 'nonsense', body: 'html' }, 'UNEXPECTED_RESPONSE'],
    ['the answer has no token', { kind: 'nonsense', body: 'json' }, 'UNEXPECTED_RESPONSE'],
    ['the connection breaks off', { kind: 'reset' }, 'CONNECTION_LOST'],
    ['the answer leads elsewhere', { kind: 'redirect', location: '/n' }, 'UNEXPECTED_RESPONSE'],
  ])('when %s', async ([, fault, code]) => {
    const profile = newSession()
    const before = read(profile)
    emulator.setFault(null, [fault])
    const error = await refresh(profile).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code })
    expect(String(error) + JSON.stringify(error)).not.toContain(before.split('.')[2])
    expect(read(profile)).toBe(before)
  })

  test('when the file system does not take the new one', async () => {
    const profile = newSession()
    const folder = dirname(profile.security_token_file)
    // So long a name can be had, and none that is longer.
    const path = join(folder, 't'.repeat(250))
    writeFileSync(path, read(profile))
    const error = await refresh({ ...profile, security_token_file: path }).catch(String)
    expect(error).toContain(`could not be written to ${path} (ENAMETOOLONG)`)
    expect(readdirSync(folder)).toHaveLength(3)
  })

  test('when the token was issued for another key', async () => {
    const profile = newSession(mint(300, rsaPair(2048).publicKey))
    const sent = emulator.requests.length
    await expect(refresh(profile)).rejects.toMatchObject({ code: 'TOKEN_KEY_MISMATCH' })
    expect(emulator.requests).toHaveLength(sent)
  })

  test('when one byte of it is another', async () => {
    const before = mint()
    const [head, claims, signature = ''] = before.split('.')
    const other = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
    const profile = newSession(`${head}.${claims}.${other}`)
    await expect(refresh(profile)).rejects.toMatchObject({ code: 'NOT_AUTHENTICATED' })
  })

  test('when it has ended, without a call', async () => {
    const profile = newSession(mint(-60))
    const sent = emulator.requests.length
    await expect(refresh(profile)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' })
    expect(emulator.requests).toHaveLength(sent)
  })
})

test('what is no session is told apart', async () => {
  await expect(refresh(apiKeyProfile())).rejects.toMatchObject({ code: 'NOT_A_SESSION' })
})

test('without an override it is asked for where the region is', async () => {
  const profile = { ...newSession(), region: 'eu-atlantis-1', tenancy: 'ocid1.tenancy.oc99..a' }
  await expect(refreshSession(profile, { env: {} })).rejects.toMatchObject({
    code: 'REALM_UNKNOWN',
  })
})

test('ends at once when it is cancelled', async () => {
  emulator.setFault(null, [{ kind: 'silent' }])
  const profile = newSession()
  const signal = AbortSignal.timeout(100)
  const env = { OCI_PROFILES_ENDPOINT_URL_AUTH: emulator.url }
  await expect(refreshSession(profile, { env, signal })).rejects.toMatchObject({
    code: 'CHECK_CANCELLED',
  })
})
