/**
 * The examples of docs/errors.md are what the programs print: every code is provoked through the command line, the service
 * or the library. `UPDATE_DOCS=1` writes them anew.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { ERRORS, type ErrorCode } from '../../src/errors.ts'
import {
  API_KEY,
  provokeEverything,
  type Example,
  type Examples,
  type Problem,
} from './error-examples/index.ts'
import { fencedBlocks, withNewTexts } from './fenced-blocks.ts'

const PAGE = new URL('../../docs/errors.md', import.meta.url)
const UPDATE = 'UPDATE_DOCS=1 npx vitest run test/docs'
const CODES = Object.keys(ERRORS) as ErrorCode[]

/** Codes that nothing can provoke here, with the reason: their blocks stay as they were written, and say so. */
const NOT_PROVOKED: Partial<Record<ErrorCode, string>> = {}
const BY_HAND = 'By hand, not by a test:'

/** Where `type` of a problem leads. */
interface Visit {
  problem: Problem
  type: string
  status: number
  contentType: string | null
  html: string
}

/** Codes that a route may answer, by `GET /v1/oci-profiles`. */
type Declared = Map<string, string>

let examples: Examples
let problems: Problem[]
let faults: string[]
let declared: Declared
const visits: Visit[] = []

beforeAll(async () => {
  ;({ examples, problems, faults } = await provokeEverything(async (url, answered) => {
    declared = await readDeclared(url)
    for (const problem of answered) visits.push(await followType(url, problem))
  }))
  if (process.env['UPDATE_DOCS']) updatePage(examples)
}, 180_000)

test.for(CODES)('docs/errors.md shows %s as it is printed', (code, { skip }) => {
  const section = readSections(readFileSync(PAGE, 'utf8')).get(code)
  const shown = section?.text ?? null
  if (code in NOT_PROVOKED) {
    expect(section?.before, `the example of ${code} must say "${BY_HAND}"`).toContain(BY_HAND)
    return
  }
  const example = examples.get(code)
  if (example === undefined) {
    const remedy = `add a case for it in test/docs/error-examples/, then run ${UPDATE}`
    expect.fail([`Nothing provokes ${code}: ${remedy}`, ...faults].join('\n'))
  }
  if ('skipped' in example) skip(example.skipped)
  if ('fault' in example) expect.fail(example.fault)
  if ('text' in example) {
    expect(shown, `if the program is right, run ${UPDATE}`).toBe(example.text)
  }
})

describe('the type of a problem', () => {
  test('leads to a page that explains its code', () => {
    expect(visits.length).toBeGreaterThan(10)
    for (const { problem, type, status, contentType, html } of visits) {
      const { code } = problem
      expect([code, type, status]).toEqual([code, `/docs/errors#${code}`, 200])
      expect(contentType).toMatch(/^text\/html/)
      expect(html).toContain(`id="${code}"`)
    }
  })

  test('is declared, with its status, by the route that answers it', () => {
    const ofRoutes = problems.flatMap((problem) => {
      const route = `${problem.method} ${problem.path.replace(/\/PROD|\/PORD/, '/{auth_profile}')}`
      const codes = declared.get(route)
      return codes === undefined ? [] : [{ ...problem, route, codes }]
    })
    expect(ofRoutes.length).toBeGreaterThan(10)
    const undeclared = ofRoutes.filter(
      ({ code, status, codes }) => !codes.includes(`${status} ${code}:`),
    )
    expect(undeclared.map(({ route, status, code }) => `${route}: ${status} ${code}`)).toEqual([])
  })
})

async function followType(url: string, problem: Problem): Promise<Visit> {
  const { type } = JSON.parse(problem.body) as { type: string }
  const answer = await fetch(new URL(type, url))
  const contentType = answer.headers.get('content-type')
  return { problem, type, status: answer.status, contentType, html: await answer.text() }
}

async function readDeclared(url: string): Promise<Declared> {
  const answer = await fetch(`${url}/v1/openapi.json`, { headers: { 'x-api-key': API_KEY } })
  const { paths } = (await answer.json()) as any
  return new Map(
    Object.entries<any>(paths).flatMap(([path, methods]) =>
      Object.entries<any>(methods).map(([method, { responses }]) => [
        `${method.toUpperCase()} ${path}`,
        Object.entries<any>(responses)
          .map(([status, { description = '' }]) => description.replaceAll(/^|\. /g, `. ${status} `))
          .join(''),
      ]),
    ),
  )
}

interface Section {
  /** Of its example; `null` where it has none. */
  text: string | null
  /** What stands before the example. */
  before: string
  start: number
  end: number
}

/** Sections of the codes, with places in the page. */
function readSections(page: string): Map<string, Section> {
  const headings = [...page.matchAll(/^###? (.+)$/gm)]
  return new Map(
    headings.map((heading, index) => {
      const start = heading.index
      const end = headings[index + 1]?.index ?? page.length
      const body = page.slice(start, end)
      const block = fencedBlocks(body).at(-1)
      const before = body.slice(0, block?.start)
      return [heading[1] ?? '', { text: block?.text ?? null, before, start, end }]
    }),
  )
}

/** Replaces the examples, and adds those that the page has not. */
function updatePage(found: Examples): void {
  const page = readFileSync(PAGE, 'utf8')
  const sections = readSections(page)
  const changes = [...found].flatMap(([code, example]) => {
    const section = sections.get(code)
    return section === undefined || !('text' in example) ? [] : [change(page, section, example)]
  })
  writeFileSync(PAGE, withNewTexts(page, changes))
}

function change(page: string, { start, end }: Section, { language, text }: Example) {
  const body = page.slice(start, end)
  const withoutBlock = body.replace(/^```\w*\n[\s\S]*?^```$\n*/gm, '').trimEnd()
  const isLast = end === page.length
  const fence = `\`\`\`${language}\n${text}\n\`\`\``
  return { block: { start, end }, text: `${withoutBlock}\n\n${fence}${isLast ? '' : '\n'}` }
}
