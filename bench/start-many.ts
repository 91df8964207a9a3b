/** Start with 100 profiles whose checks take 100 ms each, minus start with one of them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EmulatedProfiles } from './programs/serve-oci.ts'
import type { Bench, Figure } from './figure.ts'
import { interleave, median } from './rounds.ts'
import { runNode, serveNode } from './run-node.ts'
import { serviceEnvironment } from './service-environment.ts'

const PROFILES = 100
const DELAY_MS = 100
const ROUNDS = 7

export const startMany: Bench = { name: 'start-many', run }

async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    await using many = await emulate(PROFILES)
    await using one = await emulate(1)
    const results = await interleave(ROUNDS, {
      many: () => startOnce(many.ready, folder),
      one: () => startOnce(one.ready, folder),
    })
    const extra = results.many.map((seconds, round) => seconds - (results.one[round] ?? 0))
    const name = `start with ${PROFILES} profiles of ${DELAY_MS} ms each, minus start with 1`
    const detail = `${median(results.many).toFixed(2)} s; with 1: ${median(results.one).toFixed(2)} s`
    return [{ name, value: median(extra), unit: 's', aim: { below: 0.5 }, detail }]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function emulate(count: number) {
  const args = [String(count), String(DELAY_MS)]
  return serveNode<EmulatedProfiles>({ file: 'serve-oci.ts', args })
}

function startOnce(oci: EmulatedProfiles, folder: string): Promise<number> {
  return runNode<number>({ file: 'start-service.ts', env: serviceEnvironment(oci, folder) })
}
