/** What 1,000 profiles with a client each hold while nothing is asked of them, against as many clients of Oracle's SDK. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench, Figure } from './figure.ts'
import type { Held } from './programs/hold-clients.ts'
import { interleave, median, medianRatio } from './rounds.ts'
import { runNode } from './run-node.ts'
import type { Maker } from './storage-clients.ts'

const ROUNDS = 3

export const manyClients: Bench = { name: 'many-clients', run }

async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const keyFile = join(folder, 'key.pem')
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
    writeFileSync(keyFile, pem, { mode: 0o600 })
    const { own, oracle } = await interleave(ROUNDS, {
      own: () => hold('own', keyFile),
      oracle: () => hold('oracle', keyFile),
    })
    return [memoryFigure(own, oracle), timersFigure(own, oracle)]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function hold(maker: Maker, keyFile: string): Promise<Held> {
  return runNode<Held>({
    file: 'hold-clients.ts',
    args: [maker, keyFile],
    flags: ['--expose-gc'],
  })
}

function memoryFigure(own: readonly Held[], oracle: readonly Held[]): Figure {
  const rss = ({ rssBytes }: Held) => rssBytes
  return {
    name: "memory of 1,000 profiles with a client each: share of Oracle's",
    value: medianRatio(own.map(rss), oracle.map(rss)),
    unit: 'times',
    aim: { below: 1 },
    detail: `${describeMemory(own)}; Oracle's ${describeMemory(oracle)}`,
  }
}

function describeMemory(rounds: readonly Held[]): string {
  const rss = median(rounds.map(({ rssBytes }) => rssBytes))
  const heap = median(rounds.map(({ heapBytes }) => heapBytes))
  return `${mebibytes(rss)} RSS, ${mebibytes(heap)} heap`
}

/** The worst round counts. */
function timersFigure(own: readonly Held[], oracle: readonly Held[]): Figure {
  return {
    name: 'timers that 1,000 clients leave running',
    value: mostTimers(own),
    unit: 'count',
    aim: { exactly: 0 },
    detail: `${describeIdling(own)}; Oracle's ${mostTimers(oracle)}, ${describeIdling(oracle)}`,
  }
}

function mostTimers(rounds: readonly Held[]): number {
  return Math.max(...rounds.map(({ timers, activeTimers }) => Math.max(timers, activeTimers)))
}

function describeIdling(rounds: readonly Held[]): string {
  return `${median(rounds.map(({ idleCpuMs }) => idleCpuMs)).toFixed(1)} ms CPU in 3 s idle`
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
