/** Calls getNamespace with one client, so many at once as told, one number after the other; prints a `Load` for each. */
import { strict as assert } from 'node:assert'
import type { ObjectStorageClient } from 'oci-objectstorage'
import { parseOciConfigFile } from '../../src/config/index.ts'
import { makerOf } from '../storage-clients.ts'

export interface Load {
  perSecond: number
  /** Of the whole process, per request. */
  cpuMicros: number
}

const WARM_UP_MS = 250
const MEASURED_MS = 1000

const [maker, url = '', configFile, ...atOnce] = process.argv.slice(2)
const { profiles } = await parseOciConfigFile({ configFile, env: {} })
assert.ok(profiles[0])
const client = await makerOf(maker)(profiles[0], url)
const loads: Load[] = []
for (const width of atOnce.map(Number)) {
  await call(client, width, WARM_UP_MS)
  loads.push(await measure(client, width))
}
// Not process.exitCode: connections that are kept alive would keep the process alive too.
process.stdout.write(JSON.stringify(loads), () => process.exit(0))

async function measure(client: ObjectStorageClient, width: number): Promise<Load> {
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  const answered = await call(client, width, MEASURED_MS)
  const seconds = (performance.now() - startedAt) / 1000
  const { user, system } = process.cpuUsage(cpuBefore)
  return { perSecond: answered / seconds, cpuMicros: (user + system) / answered }
}

/** How many calls were answered. One that fails ends the process. */
async function call(client: ObjectStorageClient, width: number, ms: number): Promise<number> {
  const until = performance.now() + ms
  let answered = 0
  const callOn = async () => {
    while (performance.now() < until) {
      const { value } = await client.getNamespace({})
      assert.equal(value, 'bench')
      answered += 1
    }
  }
  await Promise.all(Array.from({ length: width }, callOn))
  return answered
}
