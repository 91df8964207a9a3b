/** Every figure of the README: `npm run bench`, `npm run bench -- --json`, `npm run bench -- signatures`. */
import { parseArgs } from 'node:util'
import { clients } from './clients.ts'
import { firstCalls } from './first-calls.ts'
import { listProfiles } from './list-profiles.ts'
import { manyClients } from './many-clients.ts'
import { readConfig } from './read-config.ts'
import { signatures } from './signatures.ts'
import { startMany } from './start-many.ts'
import { formatTable } from './table.ts'
import { verdictOf, type Bench, type Figure } from './figure.ts'

const BENCHES: Bench[] = [
  readConfig,
  startMany,
  listProfiles,
  signatures,
  clients,
  manyClients,
  firstCalls,
]

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const known = BENCHES.map(({ name }) => name)
const unknown = positionals.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`no bench is called ${unknown.join(', ')}; there are ${known.join(', ')}`)
  process.exit(2)
}

const chosen = BENCHES.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
const figures: Figure[] = []
for (const bench of chosen) {
  console.error(`${bench.name} ...`)
  figures.push(...(await bench.run()))
}
const rows = figures.map((figure) => ({ ...figure, verdict: verdictOf(figure) }))
console.log(values.json ? JSON.stringify(rows, null, 2) : formatTable(rows))
