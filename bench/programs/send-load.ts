/**
 * Sends GETs over so many connections at once for so many seconds, each as soon as the one before is answered; prints an
 * `Answers`. Anything but a 200 ends it. Times are kept one by one: autocannon's own histogram knows whole milliseconds.
 */
import { createRequire } from 'node:module'
import type { Answers, Load } from '../answers.ts'

type OnResponse = (client: unknown, status: number, bytes: number, ms: number) => void

interface Run {
  on(event: 'response', listener: OnResponse): void
  on(event: 'reqError', listener: (error: Error) => void): void
}

type Autocannon = (options: object, done: (error: Error | null) => void) => Run

const autocannon = createRequire(import.meta.url)('autocannon') as Autocannon
const load = JSON.parse(process.argv[2] ?? '{}') as Load
const times: number[] = []
let last = 0

const startedAt = performance.now()
const { urls, headers, connections, seconds } = load
const requests = urls.map((url) => ({ path: new URL(url).pathname }))
const options = { url: urls[0], requests, headers, connections, duration: seconds }
const run = autocannon(options, (error) => {
  if (error) throw error
  print()
})
run.on('response', (_client, status, _bytes, ms) => {
  if (status !== 200) throw new Error(`${urls[0]} answered ${status}`)
  times.push(ms)
  last = performance.now()
})
run.on('reqError', (error) => {
  throw error
})

function print(): void {
  const sorted = Float64Array.from(times).toSorted()
  const quantile = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
  const answers: Answers = {
    perSecond: times.length / ((last - startedAt) / 1000),
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
  }
  process.stdout.write(JSON.stringify(answers), () => process.exit(0))
}
