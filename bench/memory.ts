/**
 * Memory of a service with 1,000 profiles over time, while all that it does is asked of it: reads, checks, changes, events,
 * metrics. `--seconds 600` for ten minutes. The first third is left out: it is warming up.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Bench, BenchOptions, Figure } from './figure.ts'
import { serveLoaded } from './load-service.ts'
import { median } from './rounds.ts'
import { serveNode } from './run-node.ts'

const PROFILES = 1_000
const SECONDS = 45
const SAMPLE_MS = 500

export const memory: Bench = { name: 'memory', run }

interface Sample {
  rss: number
  heap: number
}

async function run({ seconds = SECONDS }: BenchOptions): Promise<Figure[]> {
  // Each profile is checked once in 20 s besides.
  await using service = await serveLoaded(PROFILES, { OCI_PROFILES_CHECK_INTERVAL_S: '20' })
  const { url, apiKey } = service
  await using driver = new AsyncDisposableStack()
  driver.use(await serveNode({ file: 'drive-service.ts', args: [url, apiKey] }))
  const samples: Sample[] = []
  const until = performance.now() + seconds * 1000
  while (performance.now() < until) {
    samples.push(await readMemory(url, apiKey))
    await pause(SAMPLE_MS)
  }
  const third = Math.floor(samples.length / 3)
  const middle = samples.slice(third, 2 * third)
  const last = samples.slice(2 * third)
  const over = `over ${seconds} s: last third against the one before`
  return [
    toFigure(`resident memory ${over}`, middle, last, (some) => median(some.map(({ rss }) => rss))),
    // What is left after a collection: the lowest of many values.
    toFigure(`heap in use ${over}`, middle, last, (some) =>
      Math.min(...some.map(({ heap }) => heap)),
    ),
  ]
}

function toFigure(
  name: string,
  middle: readonly Sample[],
  last: readonly Sample[],
  value: (samples: readonly Sample[]) => number,
): Figure {
  const detail = `${mebibytes(value(middle))}, then ${mebibytes(value(last))}; ${PROFILES} profiles`
  return { name, value: value(last) / value(middle), unit: 'times', aim: { below: 1.1 }, detail }
}

async function readMemory(url: string, apiKey: string): Promise<Sample> {
  const response = await fetch(`${url}/metrics`, { headers: { 'x-api-key': apiKey } })
  const text = await response.text()
  const read = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
  return {
    rss: read('process_resident_memory_bytes'),
    heap: read('nodejs_heap_size_used_bytes'),
  }
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`
}
