import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ERRORS, type ErrorCode } from '../../src/errors.ts'
import { startApi } from '../api/harness.ts'
import { fencedBlocks } from './fenced-blocks.ts'

interface PageEntry {
  code: string
  title: string
  status: number | null
  body: string
}

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')

/** `### CODE`, a bold title with the HTTP status behind it where there is one, then text up to the next heading. */
function readEntries(text: string): PageEntry[] {
  const sections = text.split(/^### /m).slice(1)
  return sections.map((section) => {
    const [code = '', , heading = '', ...rest] = section.split('\n')
    const [, title = '', status] = /^\*\*(.+)\*\*(?: · (\d{3}))?$/.exec(heading) ?? []
    const body = rest.join('\n').split(/^## /m)[0] ?? ''
    return { code, title, status: status === undefined ? null : Number(status), body }
  })
}

const entries = readEntries(page)

describe('docs/errors.md', () => {
  test('has the codes of the table, in its order, each with its title and status', () => {
    const documented = entries.map(({ code, title, status }) => ({ code, title, status }))
    const known = Object.entries(ERRORS).map(([code, { title, status }]) => ({
      code,
      title,
      status,
    }))
    expect(documented).toEqual(known)
  })

  test('tells of no code that the sources never give', () => {
    const root = join(import.meta.dirname, '../..')
    const files = globSync('src/**/*.ts', { cwd: root }).filter((file) => file !== 'src/errors.ts')
    const sources = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n')
    const words = new Set(sources.match(/\b[A-Z][A-Z0-9_]+\b/g))
    expect(Object.keys(ERRORS).filter((code) => !words.has(code))).toEqual([])
  })

  test.each(entries)('says how $code is measured and how to mend it', ({ body }) => {
    expect(body).toMatch(/^Measured: \S/m)
    expect(body).toMatch(/^Mend: \S/m)
  })

  test.each(entries)('shows $code as it is met', ({ code, body }) => {
    const remedy =
      'make a case for it in test/docs/error-examples/ and run: UPDATE_DOCS=1 npx vitest run test/docs'
    expect(fencedBlocks(body), `${code} needs one example; ${remedy}`).toHaveLength(1)
  })

  test('links only to headings that it has', () => {
    const anchors = [...page.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1])
    const headings = entries.map(({ code }) => code.toLowerCase())
    expect(anchors.filter((anchor) => !headings.includes(anchor ?? ''))).toEqual([])
  })
})

describe('the OpenAPI document', () => {
  let api: Awaited<ReturnType<typeof startApi>>
  let document: any
  beforeAll(async () => {
    api = await startApi()
    document = (await api.call('GET', '/v1/openapi.json')).json
  })
  afterAll(() => api.close())

  test('names the codes that requests are answered with', () => {
    const { description } = document.components.schemas.Problem.properties.code
    const named: string[] = description.match(/\b[A-Z][A-Z_]+\b/g)
    const answers = entries.filter(({ status }) => status !== null)
    expect(named).toEqual(answers.map(({ code }) => code))
  })

  test('gives each route problems of the table, under their status and with their title', () => {
    const declared = problemsOf(document)
    expect(declared.length).toBeGreaterThan(50)
    const wrong = declared.filter(({ status, code, title }) => {
      const known = ERRORS[code as ErrorCode]
      return known?.status !== status || known.title !== title
    })
    expect(wrong).toEqual([])
  })
})

/** Problems that each route declares. */
function problemsOf({ paths }: any) {
  const operations = Object.entries<any>(paths).flatMap(([path, methods]) =>
    Object.entries<any>(methods).map(([method, { responses }]) => ({
      route: `${method} ${path}`,
      responses,
    })),
  )
  return operations.flatMap(({ route, responses }) =>
    Object.entries<any>(responses)
      .filter(([, { content = {} }]) => 'application/problem+json' in content)
      .flatMap(([status, { description }]) => linesOf(route, Number(status), description)),
  )
}

/** `CODE: Title. CODE: Title` */
function linesOf(route: string, status: number, description: string) {
  return description.split(/\. (?=[A-Z_]+: )/).map((line) => {
    const [code, title] = line.split(': ')
    return { route, status, code, title }
  })
}
