import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { DEFAULT_LIMITS } from '../../src/api/limits.ts'
import { COMMANDS } from '../../src/cli/commands/index.ts'
import { ERRORS, type ErrorCode } from '../../src/errors.ts'
import { SETTING_NAMES, SETTINGS } from '../../src/settings/index.ts'
import type { Family } from '../api/exposition.ts'
import { isSeries, labelsOf, metricRows, scrapeMetrics } from './metrics-page.ts'
import { readPage, sectionsOf, tableRows } from './page.ts'
import { readExpression } from './promql.ts'

const ROOT = join(import.meta.dirname, '../..')
const page = readPage('operations.md')
const sections = sectionsOf(page)
const rows = metricRows()

const sources = globSync('src/**/*.ts', { cwd: ROOT }).map((file) =>
  readFileSync(join(ROOT, file), 'utf8'),
)
const isInSource = (words: string) => sources.some((source) => source.includes(words))

/** Blocks of a language, such as `yaml`. */
function blocksOf(language: string): string[] {
  const pattern = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms')
  return [...page.matchAll(pattern)].map(([, block = '']) => block)
}

describe('docs/operations.md', () => {
  let families: Map<string, Family>
  beforeAll(async () => {
    families = await scrapeMetrics()
  })

  test('lists exactly the metrics of the service, each with its type and meaning', () => {
    const own = [...families.values()].filter(({ name }) => name.startsWith('oci_profiles_'))
    const documented = rows.map(({ name, type, meaning }) => [name, type, meaning])
    expect(documented).toEqual(own.map(({ name, type, help }) => [name, type, help]))
  })

  test('gives them the labels that their series have', () => {
    for (const { name, labels } of rows) {
      const [sample] = families.get(name)?.samples ?? []
      if (sample === undefined) continue
      const shown = Object.keys(sample.labels).filter((label) => label !== 'le')
      expect([name, shown]).toEqual([name, labels])
    }
  })

  test('has alerts on metrics that there are', () => {
    const alerts = blocksOf('yaml')
      .map((block) => parse(block))
      .flatMap(({ groups = [] }) => groups.flatMap(({ rules }: any) => rules))
    expect(alerts.length).toBeGreaterThan(4)
    for (const { alert, expr, annotations } of alerts) {
      const { metrics, grouping } = readExpression(expr)
      expect([alert, metrics.length]).toEqual([alert, 1])
      for (const { name, labels } of metrics) {
        const known = labelsOf(name, rows)
        expect([alert, name, isSeries(name, families)]).toEqual([alert, name, true])
        for (const label of [...labels, ...grouping]) expect(known).toContain(label)
      }
      const shown = [...(annotations?.summary ?? '').matchAll(/\$labels\.(\w+)/g)]
      for (const [, label] of shown) expect(labelsOf(metrics[0]!.name, rows)).toContain(label)
    }
  })

  test('names metrics, variables, settings and commands that there are', () => {
    const named = [...page.matchAll(/\boci_profiles_\w+/g)].map(([name]) => name)
    const noMetrics = new Set(['oci_profiles_api_key'])
    const unknown = named.filter((name) => !isSeries(name, families) && !families.has(name))
    expect(unknown.filter((name) => !noMetrics.has(name))).toEqual([])
    const variables = [...page.matchAll(/\bOCI_[A-Z_]+/g)].map(([name]) => name)
    const known = SETTING_NAMES.map((name) => SETTINGS[name].env)
    const others = variables.filter((name) => !known.includes(name) && !isErrorCode(name))
    expect(others.filter((name) => !isInSource(name))).toEqual([])
    const commands = [...page.matchAll(/^(?:NODE_OPTIONS='[^']*' )?oci-profiles (\w+)/gm)]
    for (const [, command] of commands) expect(Object.keys(COMMANDS)).toContain(command)
  })

  test('names errors that there are, with the HTTP status that they have', () => {
    const table = tableRows(sections.get('When something is wrong') ?? '')
    const codes = [...JSON.stringify(table).matchAll(/`([A-Z]+_[A-Z_]+)`/g)].map(
      ([, code]) => code!,
    )
    expect(codes.length).toBeGreaterThan(20)
    const variables = ['HTTPS_PROXY']
    const unknown = codes.filter((code) => !isErrorCode(code) && !isInSource(`'${code}'`))
    expect(unknown.filter((code) => !variables.includes(code))).toEqual([])
    for (const [symptom = ''] of table) {
      const [, status, code] = /\b(\d{3}) `([A-Z_]+)`/.exec(symptom) ?? []
      if (code !== undefined)
        expect([code, ERRORS[code as ErrorCode].status]).toEqual([code, Number(status)])
    }
  })

  test('quotes lines of the log that the sources have', () => {
    const quoted = [...page.matchAll(/log: `([^`]+)`|^\| `([a-z][a-zA-Z ]{12,})`/gm)]
    expect(quoted.length).toBeGreaterThan(3)
    for (const [, line, first] of quoted) {
      const words = (line ?? first ?? '').split(/[:…]/)[0]!
      expect([words, isInSource(words)]).toEqual([words, true])
    }
  })

  test('tells the limits that hold', () => {
    const limits = Object.fromEntries(tableRows(sections.get('Limits and sizes') ?? ''))
    const { requestMs, stalledMs, keepAliveMs, connections, bodyBytes } = DEFAULT_LIMITS
    expect(limits).toMatchObject({
      connections: `${connections.toLocaleString('en')}, of them 200 for events`,
      'until a request has arrived': `${requestMs / 1000} s; its head 16 KiB, its body ${bodyBytes / 2 ** 20} MiB`,
      'a client that takes nothing of a large answer': `cut off after ${stalledMs / 1000} s`,
      'an idle connection': `closed after ${keepAliveMs / 1000} s`,
    })
  })

  test('links to files and headings that there are', () => {
    const links = [...page.matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map(([, file = '']) => file)
    expect(links.length).toBeGreaterThan(5)
    expect(links.filter((file) => !existsSync(join(ROOT, 'docs', file)))).toEqual([])
  })
})

function isErrorCode(word: string): boolean {
  return Object.hasOwn(ERRORS, word)
}
