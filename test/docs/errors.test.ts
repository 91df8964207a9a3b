import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ERRORS } from '../../src/errors.ts'

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

  test('links only to headings that it has', () => {
    const anchors = [...page.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1])
    const headings = entries.map(({ code }) => code.toLowerCase())
    expect(anchors.filter((anchor) => !headings.includes(anchor ?? ''))).toEqual([])
  })
})
