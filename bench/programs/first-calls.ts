/** As many first calls at once as told, each with a profile and a client of its own, on one instance; prints the seconds. */
import { strict as assert } from 'node:assert'
import { ObjectStorageClient } from 'oci-objectstorage'
import { initClient } from '../../src/client/index.ts'
import { createProfile } from '../../src/schemas/index.ts'

const calls = Number(process.argv[2])
const start = performance.now()
const namespaces = await Promise.all(Array.from({ length: calls }, (_, index) => firstCall(index)))
const took = performance.now() - start
assert.deepEqual(new Set(namespaces), new Set(['bench']))
process.stdout.write(JSON.stringify(took / 1000), () => process.exit(0))

async function firstCall(index: number): Promise<string> {
  const authentication = 'instance_principal'
  const profile = createProfile({ auth_profile: `PROFILE_${index}`, authentication })
  const client = await initClient(ObjectStorageClient, profile)
  return (await client.getNamespace({})).value
}
