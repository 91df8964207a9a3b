/**
 * Prometheus's text format, version 0.0.4, read as strictly as it is specified: what a scraper would refuse, or read as
 * something else, throws here.
 */

export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped'

export interface Sample {
  /** With the suffix of a histogram. */
  name: string
  labels: Readonly<Record<string, string>>
  value: number
}

export interface Family {
  name: string
  type: MetricType
  help: string
  samples: Sample[]
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const HEAD = new RegExp(`^# (HELP|TYPE) (${NAME}) (.*)$`)
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)$`)
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)/
const VALUE = /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|nan|[+-]?inf)$/i
const TYPES: readonly string[] = ['counter', 'gauge', 'histogram', 'summary', 'untyped']

/** Families by name, in their order. */
export function parseExposition(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) fail(text.slice(-20), 'does not end')
  const families = new Map<string, Family>()
  const seen = new Set<string>()
  let current: Family | null = null
  let helpOf: { name: string; help: string } | null = null
  for (const line of text.slice(0, -1).split('\n')) {
    if (line === '') continue
    const head = HEAD.exec(line)
    if (head?.[1] === 'HELP') {
      helpOf = { name: head[2]!, help: unescaped(head[3]!) }
      continue
    }
    if (head) {
      current = openFamily(head[2]!, head[3]!, helpOf, families)
      continue
    }
    if (line.startsWith('#')) continue
    const sample = readSample(line)
    if (current === null || !belongs(sample, current)) fail(line, 'is outside of its family')
    const key = sample.name + keyOf(sample.labels)
    if (seen.has(key)) fail(line, 'is there twice')
    seen.add(key)
    current.samples.push(sample)
  }
  for (const family of families.values()) check(family)
  return families
}

function openFamily(
  name: string,
  type: string,
  help: { name: string; help: string } | null,
  families: Map<string, Family>,
): Family {
  if (families.has(name)) fail(name, 'has two families')
  if (!TYPES.includes(type)) fail(type, 'is no type')
  if (help?.name !== name) fail(name, 'has no help right before its type')
  const family: Family = { name, type: type as MetricType, help: help.help, samples: [] }
  families.set(name, family)
  return family
}

function readSample(line: string): Sample {
  const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? fail(line, 'is no sample')
  if (!VALUE.test(value)) fail(value, 'is no number')
  const number = /inf$/i.test(value)
    ? value.startsWith('-')
      ? -Infinity
      : Infinity
    : Number(value)
  return { name, labels: readLabels(labels, line), value: number }
}

function readLabels(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {}
  for (let rest = text; rest !== '';) {
    const [whole, name = '', value = ''] = LABEL.exec(rest) ?? fail(line, 'has a broken label')
    if (Object.hasOwn(labels, name)) fail(line, `has ${name} twice`)
    labels[name] = unescaped(value)
    rest = rest.slice(whole.length)
  }
  return labels
}

/** Equal for the same labels in any order. */
function keyOf(labels: Readonly<Record<string, string>>): string {
  const names = Object.keys(labels).toSorted((a, b) => (a < b ? -1 : 1))
  return JSON.stringify(names.map((name) => [name, labels[name]]))
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char))
}

function belongs({ name }: Sample, family: Family): boolean {
  if (name === family.name) return family.type !== 'histogram'
  const suffix = name.startsWith(family.name) ? name.slice(family.name.length) : ''
  if (family.type === 'summary') return suffix === '_sum' || suffix === '_count'
  return family.type === 'histogram' && ['_bucket', '_sum', '_count'].includes(suffix)
}

function check(family: Family): void {
  const { name, type, samples } = family
  if (type === 'counter' && samples.some(({ value }) => !(value >= 0))) fail(name, 'goes below 0')
  if (type !== 'histogram') {
    if (samples.some(({ labels }) => 'le' in labels)) fail(name, 'uses the label le')
    return
  }
  const groups = Map.groupBy(samples, ({ labels: { le: _, ...rest } }) => keyOf(rest))
  for (const group of groups.values()) checkHistogram(name, group)
}

function checkHistogram(name: string, samples: readonly Sample[]): void {
  const valueOf = (suffix: string) => samples.find((sample) => sample.name === name + suffix)?.value
  const buckets = samples.filter((sample) => sample.name === `${name}_bucket`)
  const bounds = buckets.map(({ labels }) => Number(labels['le']?.replace('+Inf', 'Infinity')))
  const counts = buckets.map(({ value }) => value)
  if (!isAscending(bounds) || bounds.at(-1) !== Infinity) fail(name, 'has no bounds up to +Inf')
  if (!isAscending(counts, true)) fail(name, 'has buckets that do not add up')
  if (valueOf('_count') !== counts.at(-1)) fail(name, 'counts other than its last bucket')
  if (valueOf('_sum') === undefined) fail(name, 'has no sum')
}

function isAscending(values: readonly number[], mayRest = false): boolean {
  return values.every((value, index) => {
    const before = values[index - 1]
    return before === undefined || value > before || (mayRest && value === before)
  })
}

function fail(what: string, fault: string): never {
  throw new Error(`${JSON.stringify(what)} ${fault}`)
}
