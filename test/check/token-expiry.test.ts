import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCheck } from '../../src/check/index.ts'
import type { OciProfileConfig } from '../../src/schemas/index.ts'
import { makeMaterial, type Material } from './material.ts'

let material: Material
beforeAll(async () => void (material = await makeMaterial()))
afterAll(() => material[Symbol.asyncDispose]())

/** A port that nobody listens on: the outcome of the call does not matter here. */
const env = { OCI_PROFILES_ENDPOINT_URL: 'http://127.0.0.1:9' }

const session = (token: string) => () =>
  material.session({ security_token_file: material.path(token) })

test.each<[string, () => OciProfileConfig, string | null]>([
  ['a session that holds', session('token'), 'later'],
  ['a session that is over', session('expired.token'), '2023-11-14T22:13:20.000Z'],
  ['a token that cannot be read', session('empty.token'), null],
  ['a token that is not there', session('none'), null],
  [
    'an API key beside a token that it does not use',
    () => material.profile({ security_token_file: material.path('token') }),
    null,
  ],
])('a check tells when %s ends', async (_what, profile, expected) => {
  const { tokenExpiresAt } = await runCheck(profile(), { env })
  if (expected === 'later') expect(tokenExpiresAt?.getTime()).toBeGreaterThan(Date.now())
  else expect(tokenExpiresAt?.toISOString() ?? null).toBe(expected)
})
