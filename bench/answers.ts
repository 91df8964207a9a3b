/** How fast a server answers, measured from a process of its own. */
import { median } from './rounds.ts'
import { runNode } from './run-node.ts'

export interface Load {
  /** All of one server; asked for in turn. */
  urls: readonly string[]
  headers: Readonly<Record<string, string>>
  connections: number
  seconds: number
}

export interface Answers {
  perSecond: number
  p50Ms: number
  p99Ms: number
}

/** Rejects when an answer is no success. */
export function measureAnswers(load: Load): Promise<Answers> {
  return runNode<Answers>({ file: 'send-load.ts', args: [JSON.stringify(load)] })
}

export function ratesOf(rounds: readonly Answers[]): number[] {
  return rounds.map(({ perSecond }) => perSecond)
}

export function slowestOf(rounds: readonly Answers[]): number[] {
  return rounds.map(({ p99Ms }) => p99Ms)
}

export function describeAnswers(rounds: readonly Answers[]): string {
  const p99 = median(slowestOf(rounds))
  return `${Math.round(median(ratesOf(rounds)))}/s, p99 ${p99.toFixed(1)} ms`
}
