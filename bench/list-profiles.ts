/** GET of the list of 100 profiles, access control on, against a bare node:http server that sends the same bytes. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { EmulatedProfiles } from './programs/serve-oci.ts'
import type { Bench, Figure } from './figure.ts'
import { interleave, median, medianRatio } from './rounds.ts'
import { serveNode } from './run-node.ts'
import type { ServedProfiles } from './programs/serve-profiles.ts'
import { serviceEnvironment } from './service-environment.ts'

const PROFILES = 100
const CONNECTIONS = 32
const SECONDS = 3
const ROUNDS = 7
const require = createRequire(import.meta.url)

export const listProfiles: Bench = { name: 'list-profiles', run }

async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    await using oci = await serveNode<EmulatedProfiles>({
      file: 'serve-oci.ts',
      args: [String(PROFILES)],
    })
    await using service = await serveNode<ServedProfiles>({
      file: 'serve-profiles.ts',
      env: serviceEnvironment(oci.ready, folder),
    })
    const { url, apiKey } = service.ready
    const list = `${url}/v1/oci-profiles`
    const headers = { 'x-api-key': apiKey }
    const { bytes, contentType } = await fetchList(list, headers)
    const file = join(folder, 'bytes')
    writeFileSync(file, bytes)
    await using bare = await serveNode<{ url: string }>({
      file: 'serve-bytes.ts',
      args: [file, contentType],
    })

    const contestants = {
      own: () => requestsPerSecond(list, headers),
      bare: () => requestsPerSecond(bare.ready.url, headers),
    }
    await interleave(1, contestants)
    const results = await interleave(ROUNDS, contestants)
    const name = `GET list of ${PROFILES} profiles: share of bare node:http`
    const detail = `${rate(results.own)}/s; node:http ${rate(results.bare)}/s; ${bytes.length} bytes`
    const value = medianRatio(results.own, results.bare)
    return [{ name, value, unit: 'times', aim: { atLeast: 0.6 }, detail }]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function fetchList(url: string, headers: Record<string, string>) {
  const response = await fetch(url, { headers })
  const bytes = Buffer.from(await response.arrayBuffer())
  const profiles: unknown = JSON.parse(bytes.toString())
  if (!Array.isArray(profiles) || profiles.length !== PROFILES) {
    throw new Error(`${url} answered something else than ${PROFILES} profiles`)
  }
  return { bytes, contentType: response.headers.get('content-type') ?? '' }
}

/** autocannon in a process of its own; an answer that is no success counts as a failure of the bench. */
async function requestsPerSecond(url: string, headers: Record<string, string>): Promise<number> {
  const sent = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`])
  const args = ['-j', '-n', '-c', String(CONNECTIONS), '-d', String(SECONDS), ...sent, url]
  const load = promisify(execFile)(process.execPath, [require.resolve('autocannon'), ...args])
  const result: { '2xx': number; non2xx: number; errors: number; duration: number } = JSON.parse(
    (await load).stdout,
  )
  if (result.non2xx + result.errors > 0) throw new Error(`${url} answered other than 200`)
  return result['2xx'] / result.duration
}

function rate(values: readonly number[]): string {
  return Math.round(median(values)).toString()
}
