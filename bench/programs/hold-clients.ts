/**
 * Makes 1,000 profiles with a client each, lets them be, and prints the `Held` that this cost. Needs --expose-gc.
 * Timers are counted as they are made and cleared: those that do not keep the process alive cost as much as the others,
 * and `process.getActiveResourcesInfo()` leaves them out.
 */
import { strict as assert } from 'node:assert'
import { createHook } from 'node:async_hooks'
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises'
import { createProfile } from '../../src/schemas/index.ts'
import { makerOf } from '../storage-clients.ts'

export interface Held {
  rssBytes: number
  heapBytes: number
  idleCpuMs: number
  timers: number
  /** Of these, such as keep the process alive. */
  activeTimers: number
}

const CLIENTS = 1000
const IDLE_MS = 3000
const TENANCY = `ocid1.tenancy.oc1..${'t'.repeat(60)}`
const FINGERPRINT = Array.from({ length: 16 }, () => '5a').join(':')

const [maker, keyFile] = process.argv.slice(2)
const makeClient = makerOf(maker)
const timers = watchTimers()
// The first one loads the modules.
const clients = [await clientOf(0)]
const before = await measureMemory()
for (let index = 1; index <= CLIENTS; index += 1) clients.push(await clientOf(index))
const after = await measureMemory()
const idleCpuMs = await measureIdleCpu()
await settle()
const held: Held = {
  rssBytes: after.rss - before.rss,
  heapBytes: after.heapUsed - before.heapUsed,
  idleCpuMs,
  timers: timers.size,
  activeTimers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
}
assert.equal(clients.length, CLIENTS + 1)
process.stdout.write(JSON.stringify(held), () => process.exit(0))

function clientOf(index: number) {
  const profile = createProfile({
    auth_profile: `PROFILE_${index}`,
    user: `ocid1.user.oc1..${String(index).padStart(60, 'u')}`,
    tenancy: TENANCY,
    fingerprint: FINGERPRINT,
    region: 'eu-frankfurt-1',
    key_file: keyFile,
  })
  return makeClient(profile, 'http://127.0.0.1:1')
}

function watchTimers(): ReadonlySet<number> {
  const running = new Set<number>()
  createHook({
    trackPromises: false,
    init: (id, type) => void (type === 'Timeout' && running.add(id)),
    destroy: (id) => void running.delete(id),
  }).enable()
  return running
}

async function measureMemory(): Promise<NodeJS.MemoryUsage> {
  assert.ok(globalThis.gc)
  globalThis.gc()
  await settle()
  globalThis.gc()
  return process.memoryUsage()
}

async function measureIdleCpu(): Promise<number> {
  const cpuBefore = process.cpuUsage()
  await pause(IDLE_MS)
  const { user, system } = process.cpuUsage(cpuBefore)
  return (user + system) / 1000
}

/** Lets what is over be cleared away. */
async function settle(): Promise<void> {
  for (let count = 0; count < 3; count += 1) await turn()
}
