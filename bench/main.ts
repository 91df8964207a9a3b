/**
 * Every figure of the README: `npm run bench`, `npm run bench -- --json`, `npm run bench -- signatures`,
 * `npm run bench -- memory --seconds 600`.
 */
import { parseArgs } from 'node:util'
import { clients } from './clients.ts'
import { doctorOffline } from './doctor-offline.ts'
import { firstCalls } from './first-calls.ts'
import { listCommand } from './list-command.ts'
import { listProfiles } from './list-profiles.ts'
import { loadHanging } from './load-hanging.ts'
import { loadList } from './load-list.ts'
import { loadReads } from './load-reads.ts'
import { manyClients } from './many-clients.ts'
import { memory } from './memory.ts'
import { readConfig } from './read-config.ts'
import { signatures } from './signatures.ts'
import { startMany } from './start-many.ts'
import { formatTable } from './table.ts'
import { verdictOf, type Bench, type Figure } from './figure.ts'

const BENCHES: Bench[] = [
  readConfig,
  listCommand,
  doctorOffline,
  startMany,
  listProfiles,
  loadList,
  loadReads,
  loadHanging,
  memory,
  signatures,
  clients,
  manyClients,
  firstCalls,
]

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, seconds: { type: 'string' } },
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
  figures.push(
    ...(await bench.run({ seconds: values.seconds ? Number(values.seconds) : undefined })),
  )
}
const rows = figures.map((figure) => ({ ...figure, verdict: verdictOf(figure) }))
console.log(values.json ? JSON.stringify(rows, null, 2) : formatTable(rows))
