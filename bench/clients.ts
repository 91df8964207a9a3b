/**
 * Requests per second of an Object Storage client from `initClient`, against the same client of Oracle's SDK as it comes.
 * The other side verifies signatures. Where calls go one by one, the time of that is part of each, so that these are made
 * once more to a server that answers and nothing else.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench, Figure } from './figure.ts'
import type { Load } from './programs/call-storage.ts'
import type { EmulatedProfiles } from './programs/serve-oci.ts'
import { interleave, median, medianRatio } from './rounds.ts'
import { runNode, serveNode } from './run-node.ts'
import type { Maker } from './storage-clients.ts'

const AT_ONCE = [1, 32, 256]
const ROUNDS = 5

export const clients: Bench = { name: 'clients', run }

async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const file = join(folder, 'namespace.json')
    writeFileSync(file, JSON.stringify('bench'))
    await using oci = await serveNode<EmulatedProfiles>({ file: 'serve-oci.ts' })
    await using bare = await serveNode<{ url: string }>({
      file: 'serve-bytes.ts',
      args: [file, 'application/json'],
    })
    const { configFile } = oci.ready
    const verifying = { url: oci.ready.url, configFile, name: 'server verifies', atOnce: AT_ONCE }
    const answering = { url: bare.ready.url, configFile, name: 'bare node:http', atOnce: [1] }
    return [...(await compareAt(verifying)), ...(await compareAt(answering))]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

interface Server extends EmulatedProfiles {
  name: string
  atOnce: readonly number[]
}

async function compareAt(server: Server): Promise<Figure[]> {
  const { own, oracle } = await interleave(ROUNDS, {
    own: () => load('own', server),
    oracle: () => load('oracle', server),
  })
  return server.atOnce.map((width, index) => ({
    name: `requests per second against Oracle's client, ${width} at once, ${server.name}`,
    value: medianRatio(ratesAt(own, index), ratesAt(oracle, index)),
    unit: 'times',
    aim: { atLeast: 2 },
    detail: `${describe(own, index)}; Oracle's ${describe(oracle, index)}`,
  }))
}

/** One result for each number of `atOnce`. */
function load(maker: Maker, { url, configFile, atOnce }: Server): Promise<Load[]> {
  const args = [maker, url, configFile, ...atOnce.map(String)]
  return runNode<Load[]>({ file: 'call-storage.ts', args })
}

function ratesAt(rounds: readonly Load[][], index: number): number[] {
  return rounds.map((loads) => loads[index]?.perSecond ?? Number.NaN)
}

function describe(rounds: readonly Load[][], index: number): string {
  const cpu = median(rounds.map((loads) => loads[index]?.cpuMicros ?? Number.NaN))
  return `${Math.round(median(ratesAt(rounds, index)))}/s, ${Math.round(cpu)} µs CPU each`
}
