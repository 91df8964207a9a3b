import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { profileAnswer } from '../../src/schemas/wire/index.ts'
import { get, openSandbox, type Sandbox } from './sandbox.ts'

let sandbox: Sandbox
let service: Service
beforeAll(async () => {
  sandbox = await openSandbox('all')
  service = await sandbox.start()
  await service.checked
})
afterAll(() => sandbox.close())

test('every sample profile, served, says what is wrong with it and what to do', async () => {
  const { json } = await get(service, '/v1/oci-profiles')
  const served = json.map((profile: any) => [
    profile.auth_profile,
    profile.useable,
    profile.check.code,
  ])
  const expected = sandbox.samples.profiles.map(({ name, useable, code }) => [name, useable, code])
  expect(served).toEqual(expected)
  for (const { useable, check } of json) {
    if (useable) continue
    expect(check.message).toMatch(/^\S.*\S$/)
    expect(check.fix).toMatch(/^\S.*\S$/)
  }
})

test('the answers hold no secret, whatever is asked but the sensitive fields', async () => {
  const paths = sandbox.samples.profiles.flatMap(({ name }) => [
    `/v1/oci-profiles/${name}`,
    `/v1/oci-profiles/${name}/diagnosis`,
  ])
  const texts = await Promise.all(
    paths.map(async (path) => JSON.stringify((await get(service, path)).json)),
  )
  const logged = JSON.stringify(sandbox.logged)
  const { json: profiles } = await get(service, '/v1/oci-profiles?include_sensitive=true')
  const secrets = profiles.flatMap(({ pass_phrase, key_content }: any) =>
    [pass_phrase, key_content].filter(Boolean),
  )
  expect(secrets.length).toBeGreaterThan(0)
  for (const secret of secrets) {
    expect(logged).not.toContain(secret)
    for (const text of texts) expect(text).not.toContain(secret)
  }
})

test('answers are what the schema says', async () => {
  const { json } = await get(service, '/v1/oci-profiles?include_sensitive=true')
  for (const profile of json) expect(profileAnswer.strict().parse(profile)).toEqual(profile)
})

test('metrics count the checks by their code', async () => {
  const response = await fetch(`${service.url}/metrics`, {
    headers: { authorization: `Bearer ${service.apiKey.reveal()}` },
  })
  const text = await response.text()
  expect(text).toContain('oci_profiles_checks_total{code="OK"} 3')
  expect(text).toContain('oci_profiles_checks_total{code="FINGERPRINT_MISMATCH"} 1')
  expect(text).toContain('oci_profiles_profile_useable{auth_profile="DEFAULT"} 1')
  expect(text).toContain('oci_profiles_database_up 1')
})
