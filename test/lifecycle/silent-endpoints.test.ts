import { readFile, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { get, openSandbox, type Sandbox } from './sandbox.ts'

let sandbox: Sandbox
beforeEach(async () => (sandbox = await openSandbox()))
afterEach(() => sandbox.close())

const COUNT = 100

test('reads, changes and the config file go on while 100 checks wait for an answer', async () => {
  const { configFile } = sandbox.samples
  const text = await readFile(configFile, 'utf8')
  const [, fields = ''] = /^\[DEFAULT\]\n([^[]*)/m.exec(text) ?? []
  const sections = Array.from({ length: COUNT }, (_, i) => `[P${i}]\n${fields}\n`).join('')
  sandbox.emulator.setFault(null, { kind: 'silent' })
  await writeFile(configFile, sections)
  const service = await sandbox.start({ env: { OCI_PROFILES_CHECK_CONCURRENCY: String(COUNT) } })
  const hanging = async () => (await get(service, '/v1/health/ready')).json.profiles.pending

  expect(await hanging()).toBe(COUNT)
  for (let i = 0; i < 100; i += 1) {
    const [one, all] = await Promise.all([
      get(service, `/v1/oci-profiles/P${i}`),
      get(service, '/v1/oci-profiles'),
    ])
    expect([one.json.check.status, all.json.length]).toEqual(['pending', COUNT])
  }
  await writeFile(configFile, `${sections}[ADDED]\nregion=eu-frankfurt-1\n`)
  await expect
    .poll(async () => (await get(service, '/v1/oci-profiles/ADDED')).status, { timeout: 10_000 })
    .toBe(200)
  expect(await hanging()).toBeGreaterThan(0)

  sandbox.emulator.setFault(null, null)
  await service.stop()
})
