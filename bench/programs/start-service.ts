/** Starts the service and waits until every profile is checked; prints the seconds that both took. */
import { strict as assert } from 'node:assert'
import { startService } from '../../src/lifecycle.ts'

const start = performance.now()
const service = await startService({ cwd: process.env['HOME'] })
await service.checked
const took = performance.now() - start
assert.ok(service.registry.list().every(({ useable }) => useable))
await service.stop()
console.log(JSON.stringify(took / 1000))
