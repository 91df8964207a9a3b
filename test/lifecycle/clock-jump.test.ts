/** The clock of this machine is set while the service runs; OCI's goes on as before. */
import { appendFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { get, openSandbox, put, type Sandbox } from './sandbox.ts'

const PATIENCE = { timeout: 10_000, interval: 50 }
const DAY_MS = 24 * 3_600_000

let sandbox: Sandbox
let clock: NodeJS.Timeout | undefined
beforeEach(async () => (sandbox = await openSandbox()))
afterEach(async () => {
  setRight()
  await sandbox.close()
})

/** It goes on from there. */
function setClock(offMs: number): void {
  const start = Date.now() + offMs
  const began = performance.now()
  const now = () => start + performance.now() - began
  vi.useFakeTimers({ toFake: ['Date'], now: now() })
  clock = setInterval(() => vi.setSystemTime(now()), 20)
}

function setRight(): void {
  clearInterval(clock)
  vi.useRealTimers()
}

test.each([
  ['ahead', DAY_MS],
  ['behind', -DAY_MS],
])('a day %s: checks say so, and everything goes on', async (how, offMs) => {
  const service = await sandbox.start({ env: { OCI_PROFILES_CHECK_INTERVAL_S: '1' } })
  await service.checked
  const checkOf = async (name: string) =>
    (await get(service, `/v1/oci-profiles/${name}`)).json.check ?? {}

  setClock(offMs)
  await expect
    .poll(() => checkOf('DEFAULT'), PATIENCE)
    .toMatchObject({
      code: 'CLOCK_SKEW',
      message: expect.stringMatching(new RegExp(`your clock is (1 d|24 h) ${how}`)),
    })
  await appendFile(sandbox.samples.configFile, '\n[ADDED]\nregion=eu-frankfurt-1\n')
  await expect.poll(() => checkOf('ADDED'), PATIENCE).toMatchObject({ code: 'CLOCK_SKEW' })
  expect((await put(service, '/v1/settings', { log_level: 'warn' })).status).toBe(200)
  expect((await get(service, '/v1/health/ready')).json.status).toBe('ready')

  setRight()
  await expect.poll(() => checkOf('DEFAULT'), PATIENCE).toMatchObject({ status: 'ok' })
  const { checked_at } = await checkOf('DEFAULT')
  await expect
    .poll(async () => (await checkOf('DEFAULT')).checked_at, PATIENCE)
    .not.toBe(checked_at)
})
