import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Family } from '../api/exposition.ts'
import { isSeries, labelsOf, metricRows, scrapeMetrics } from './metrics-page.ts'
import { readExpression } from './promql.ts'

const text = readFileSync(new URL('../../docs/grafana-dashboard.json', import.meta.url), 'utf8')
/** `any`: the form is Grafana's. */
const dashboard: any = JSON.parse(text)
const panels: any[] = dashboard.panels.filter(({ type }: any) => type !== 'row')
const targets: any[] = panels.flatMap(({ title, targets }) =>
  targets.map((target: any) => ({ title, ...target })),
)
const variables: any[] = dashboard.templating.list
const rows = metricRows()

describe('the reader of expressions', () => {
  test('finds metrics, what is asked of them, and what is grouped by', () => {
    const expression =
      'histogram_quantile(0.9, sum by (le, a) (rate(x_bucket{job=~"$j", b!="{]("}[5m]))) / on (c) y or vector(0)'
    expect(readExpression(expression)).toEqual({
      metrics: [
        { name: 'x_bucket', labels: ['job', 'b'] },
        { name: 'y', labels: [] },
      ],
      grouping: ['le', 'a', 'c'],
    })
  })

  test.each(['sum(a', 'a{b="c"', 'rate(a[5m)])', 'a{b="c}'])('refuses %s', (expression) => {
    expect(() => readExpression(expression)).toThrow(expression)
  })
})

describe('docs/grafana-dashboard.json', () => {
  let families: Map<string, Family>
  beforeAll(async () => {
    families = await scrapeMetrics()
  })

  test('asks for metrics that there are, and for labels that they have', () => {
    expect(targets.length).toBeGreaterThan(20)
    for (const { title, expr } of targets) {
      const { metrics, grouping } = readExpression(expr)
      expect([title, metrics.length > 0]).toEqual([title, true])
      for (const { name, labels } of metrics) {
        expect([title, name, isSeries(name, families)]).toEqual([title, name, true])
        const known = labelsOf(name, rows) ?? ['job', 'instance']
        expect([title, name, labels.filter((label) => !known.includes(label))]).toEqual([
          title,
          name,
          [],
        ])
      }
      const known = metrics.flatMap(({ name }) => labelsOf(name, rows) ?? ['job', 'instance'])
      expect([title, grouping.filter((label) => !known.includes(label))]).toEqual([title, []])
    }
  })

  test('shows labels that its expressions leave there', () => {
    for (const { title, expr, legendFormat = '' } of targets) {
      const { metrics, grouping } = readExpression(expr)
      const isGrouped = /\b(by|on)\s*\(/.test(expr)
      const left = isGrouped
        ? grouping
        : metrics.flatMap(({ name }) => labelsOf(name, rows) ?? ['instance'])
      const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label)
      expect([title, shown.filter((label) => !left.includes(label))]).toEqual([title, []])
    }
  })

  test('has a panel for each metric of ours', () => {
    const asked = targets.flatMap(({ expr }) => readExpression(expr).metrics)
    const names = new Set(asked.map(({ name }) => name.replace(/_(bucket|sum|count)$/, '')))
    expect(rows.map(({ name }) => name).filter((name) => !names.has(name))).toEqual([])
  })

  test('leaves the choice of the data source to whoever imports it, and has the ids of nobody', () => {
    const [source, job] = variables
    expect(source).toMatchObject({ name: 'datasource', type: 'datasource', query: 'prometheus' })
    expect(readExpression(job.definition).metrics.map(({ name }) => name)).toContain(
      'oci_profiles_build_info',
    )
    const sources = [...text.matchAll(/"uid": "([^"]*)"/g)].map(([, uid]) => uid)
    expect(sources.filter((uid) => uid !== `\${${source.name}}`)).toEqual([])
    for (const key of ['id', 'uid', 'gnetId', 'folderId']) expect(dashboard).not.toHaveProperty(key)
    const used = new Set([...text.matchAll(/\$\{?([a-z_]+)\}?/g)].map(([, name]) => name))
    const own = variables.map(({ name }) => name)
    expect([...used].filter((name) => !own.includes(name) && !name?.startsWith('__'))).toEqual([])
  })

  test('has panels with a title, an explanation and a place of their own', () => {
    const cells = new Set<string>()
    for (const { title, description, gridPos } of panels) {
      expect([title, description]).toEqual([title, expect.stringMatching(/\.$/)])
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect([title, x < 24, cells.has(`${x},${y}`)]).toEqual([title, true, false])
          cells.add(`${x},${y}`)
        }
      }
    }
    const ids = dashboard.panels.map(({ id }: any) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length)
  })
})
