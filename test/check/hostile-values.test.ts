/** Values that nobody foresaw: no rule fails on them, and what is said about them is one line. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspectOffline } from '../../src/check/index.ts'
import { AUTH_TYPES, createProfile } from '../../src/schemas/index.ts'
import { makeMaterial, TENANCY, USER, type Material } from './material.ts'

let material: Material

beforeAll(async () => {
  material = await makeMaterial()
})
afterAll(() => material[Symbol.asyncDispose]())

const text = fc.string({ unit: 'binary', maxLength: 40 })

function value(...likely: string[]) {
  const changed = fc
    .tuple(fc.constantFrom(...likely), fc.nat(), text)
    .map(
      ([base, at, more]) => base.slice(0, at % base.length) + more + base.slice(at % base.length),
    )
  return fc.option(fc.oneof(text, changed, fc.constantFrom(...likely)))
}

test('any profile gives findings of one line each, without control characters', async () => {
  const { key, path } = material
  const profiles = fc.record({
    auth_profile: fc.string({ unit: 'binary', minLength: 1 }),
    authentication: value(...AUTH_TYPES),
    user: value(USER),
    tenancy: value(TENANCY),
    region: value('eu-frankfurt-1', 'fra'),
    fingerprint: value(key.fingerprint),
    key_content: value(key.privatePem),
    key_file: value(path('key.pem'), path('encrypted.pem'), path('folder')),
    pass_phrase: value('secret'),
    security_token_file: value(path('token'), path('text.token')),
  })
  const inspecting = fc.asyncProperty(profiles, async (fields) => {
    const findings = await inspectOffline(createProfile(fields), { env: {} })
    for (const { message, fix, severity } of findings) {
      expect(severity).toBe('error')
      expect(message).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
      expect(fix).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
      expect(message.length).toBeLessThan(600)
    }
  })
  await fc.assert(inspecting, { numRuns: 300 })
})
