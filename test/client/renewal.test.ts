/** Keys and tokens that change while they are in use. */
import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { decodeJwt, getSigner, keyFingerprint } from '../../src/client/index.ts'
import { exportKey, goodKey, goodPublicKey, rsaPair } from './key-material.ts'
import { apiKeyProfile, sessionProfile } from './profiles.ts'
import { makeTokenFor, secondsFromNow } from './session-token.ts'
import { signRequest } from './sign-request.ts'
import type { SeenSignature } from './verify-signature.ts'
import { tempFolder } from './temp-folder.ts'

const write = tempFolder()
const first = { privateKey: goodKey, publicKey: goodPublicKey }
const second = rsaPair(2048)
const pemOf = (pair: typeof first) => exportKey(pair.privateKey, 'pkcs8')

/** Lets the second pass after which files are looked at again. */
const laterBy = (ms: number) => vi.advanceTimersByTime(ms)

describe('an API key', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
  afterEach(() => void vi.useRealTimers())

  test('that was replaced is used from the next second on', async () => {
    const profile = apiKeyProfile({ key_file: write('replaced.pem', pemOf(first)) })
    const signer = await getSigner(profile)
    write('replaced.pem', pemOf(second))
    expect(await signRequest(signer, first.publicKey)).toHaveProperty('isValid', true)
    laterBy(1001)
    expect(await signRequest(signer, second.publicKey)).toHaveProperty('isValid', true)
  })

  test('that was replaced is used at once by who asks for a signer', async () => {
    const profile = apiKeyProfile({ key_file: write('asked.pem', pemOf(first)) })
    await getSigner(profile)
    write('asked.pem', pemOf(second))
    const signer = await getSigner(profile)
    expect(await signRequest(signer, second.publicKey)).toHaveProperty('isValid', true)
  })

  test('that is gone for a moment goes on signing, and that stays gone is missed', async () => {
    const key_file = write('gone.pem', pemOf(first))
    const signer = await getSigner(apiKeyProfile({ key_file }))
    rmSync(key_file)
    laterBy(1001)
    expect(await signRequest(signer, first.publicKey)).toHaveProperty('isValid', true)
    laterBy(4000)
    expect(await signRequest(signer, first.publicKey)).toHaveProperty('isValid', true)
    laterBy(2000)
    const gone = { code: 'KEY_FILE_NOT_FOUND' }
    await expect(signRequest(signer, first.publicKey)).rejects.toMatchObject(gone)
    await expect(getSigner(apiKeyProfile({ key_file }))).rejects.toMatchObject(gone)
    write('gone.pem', pemOf(second))
    expect(await signRequest(signer, second.publicKey)).toHaveProperty('isValid', true)
  })

  test('is parsed once for all signers of a profile', async () => {
    const profile = apiKeyProfile({ key_file: write('shared.pem', pemOf(first)) })
    expect(await getSigner(profile)).toBe(await getSigner(profile))
    expect(await getSigner({ ...profile })).not.toBe(await getSigner(profile))
  })

  test('is parsed anew when a field of the profile changes', async () => {
    const profile = apiKeyProfile()
    const signer = await getSigner(profile)
    profile.log_requests = true
    expect(await getSigner(profile)).toBe(signer)
    profile.fingerprint = keyFingerprint(second.publicKey)
    const changed = await getSigner(profile)
    expect((await signRequest(changed, first.publicKey)).keyId).toContain(profile.fingerprint)
  })

  test('that cannot be used is tried again by the next who asks', async () => {
    const profile = apiKeyProfile({ key_file: write('mended.pem', 'nothing') })
    await expect(getSigner(profile)).rejects.toMatchObject({ code: 'KEY_INVALID' })
    write('mended.pem', pemOf(first))
    await expect(getSigner(profile)).resolves.toHaveProperty('signHttpRequest')
  })
})

describe('a session', () => {
  test('signs with its token', async () => {
    const token = makeTokenFor(first.publicKey)
    const signer = await getSigner(
      sessionProfile(write('token', `${token}\n`), write('key', pemOf(first))),
    )
    expect(await signRequest(signer, first.publicKey)).toMatchObject({
      keyId: `ST$${token}`,
      isValid: true,
    })
  })

  test('whose token is for another key signs nothing', async () => {
    const profile = sessionProfile(
      write('t1', makeTokenFor(second.publicKey)),
      write('k1', pemOf(first)),
    )
    const expected = { code: 'TOKEN_KEY_MISMATCH', field: 'security_token_file' }
    await expect(getSigner(profile)).rejects.toMatchObject(expected)
  })

  test('that has expired signs nothing', async () => {
    const token = write('t2', makeTokenFor(first.publicKey, { exp: secondsFromNow(-1) }))
    const refusal = getSigner(sessionProfile(token, write('k2', pemOf(first))))
    await expect(refusal).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' })
  })

  test('that expires in use says so, and goes on at once when it is renewed', async () => {
    let now = Date.now()
    const path = write('t3', makeTokenFor(first.publicKey))
    const profile = sessionProfile(path, write('k3', pemOf(first)))
    const signer = await getSigner(profile, { now: () => now })
    now += 3_601_000
    await expect(signRequest(signer, first.publicKey)).rejects.toMatchObject({
      code: 'TOKEN_EXPIRED',
    })
    write('t3', makeTokenFor(first.publicKey, { exp: secondsFromNow(7200) }))
    expect(await signRequest(signer, first.publicKey)).toHaveProperty('isValid', true)
  })

  test('caught while it is renewed is waited for', async () => {
    const profile = sessionProfile(
      write('t4', makeTokenFor(second.publicKey)),
      write('k4', pemOf(first)),
    )
    const signer = getSigner(profile)
    await pause(40)
    write('k4', pemOf(second))
    expect(await signRequest(await signer, second.publicKey)).toHaveProperty('isValid', true)
  })

  test('never puts a token and the key of another together, however it is renewed', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const paths = {
      token: write('t5', makeTokenFor(first.publicKey)),
      key: write('k5', pemOf(first)),
    }
    const signer = await getSigner(sessionProfile(paths.token, paths.key))
    let isOver = false
    const writing = rewrite(paths, [first, second]).finally(() => {
      isOver = true
    })
    const keyIds = new Set<string>()
    while (!isOver) {
      // The files are looked at before every signature.
      laterBy(1001)
      const seen = await signRequest(signer, keyOfToken).catch((error: unknown) => error)
      expect(seen).toMatchObject(
        seen instanceof Error ? { code: 'TOKEN_KEY_MISMATCH' } : { isValid: true },
      )
      if (!(seen instanceof Error)) keyIds.add((seen as SeenSignature).keyId)
      await pause(3)
    }
    await writing
    vi.useRealTimers()
    expect(keyIds.size).toBeGreaterThan(3)
  })
})

/** Token first, key some time later, as if a slow program did it: in place, then by renaming. */
async function rewrite(
  paths: { token: string; key: string },
  pairs: (typeof first)[],
): Promise<void> {
  for (const gap of [0, 30, 300, 5, 0, 150]) {
    pairs.reverse()
    const [pair = first] = pairs
    writeFileSync(paths.token, makeTokenFor(pair.publicKey))
    await pause(gap)
    writeFileSync(`${paths.key}.new`, pemOf(pair))
    renameSync(`${paths.key}.new`, paths.key)
    await pause(500)
  }
}

/** The key that the token names. */
function keyOfToken(keyId: string): KeyObject {
  const jwk = decodeJwt(keyId.replace('ST$', '')).claims['jwk']
  return createPublicKey({ key: JSON.parse(String(jwk)) as JsonWebKey, format: 'jwk' })
}
