/** Reads a config file once, in a process that has read none before; prints the seconds. */
import { strict as assert } from 'node:assert'
import { parseOciConfigFile } from '../../src/config/index.ts'

const file = process.argv[2] ?? ''
const start = performance.now()
const { profiles } = await parseOciConfigFile({ configFile: file, env: {} })
const took = performance.now() - start
assert.equal(profiles.length, 10_001)
console.log(JSON.stringify(took / 1000))
