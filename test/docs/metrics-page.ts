/** The table of metrics in docs/operations.md, and what /metrics has. */
import { parseExposition, type Family } from '../api/exposition.ts'
import { startApi } from '../api/harness.ts'
import { readPage, sectionsOf, tableRows } from './page.ts'

export interface MetricRow {
  name: string
  type: string
  labels: string[]
  meaning: string
}

export function metricRows(): MetricRow[] {
  const section = sectionsOf(readPage('operations.md')).get('Metrics') ?? ''
  return tableRows(section).map(([name = '', type = '', labels = '', meaning = '']) => ({
    name: name.replaceAll('`', ''),
    type,
    labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label),
    meaning,
  }))
}

/** Families by name. */
export async function scrapeMetrics(): Promise<Map<string, Family>> {
  const api = await startApi({ profiles: [{ auth_profile: 'a' }] })
  try {
    return parseExposition((await api.call('GET', '/metrics')).text)
  } finally {
    await api.close()
  }
}

/** Whether an expression may ask for a series of that name. */
export function isSeries(name: string, families: ReadonlyMap<string, Family>): boolean {
  const family = name.replace(/_(bucket|sum|count)$/, '')
  if (family !== name && families.get(family)?.type === 'histogram') return true
  return families.has(name) && families.get(name)?.type !== 'histogram'
}

/** Labels of a series of ours, with those that Prometheus adds; `null` where the metric is not ours. */
export function labelsOf(name: string, rows: readonly MetricRow[]): string[] | null {
  const row = rows.find((one) => one.name === name.replace(/_(bucket|sum|count)$/, ''))
  if (row === undefined) return null
  return [...row.labels, ...(name.endsWith('_bucket') ? ['le'] : []), 'job', 'instance']
}
