/** docs/cli.md: what the program knows of itself stands there as it is, and the tables by hand agree with it. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fillPage, generatedBlocks, VARIABLES } from '../../scripts/cli-page.ts'
import { COMMANDS, type CommandEntry } from '../../src/cli/commands/index.ts'
import { EXIT } from '../../src/cli/exit-codes.ts'
import { FLAGS, type FlagName } from '../../src/cli/flags.ts'
import { createProfile, SENSITIVE_FIELDS, sensitiveView } from '../../src/schemas/index.ts'
import { readPage, sectionsOf, tableRows } from './page.ts'

const ROOT = join(import.meta.dirname, '../..')
const page = readPage('cli.md')
const sections = sectionsOf(page)
const commands = Object.entries<CommandEntry>(COMMANDS)

/** Names in backticks in the first cells of the tables of a section. */
function namesIn(section: string): string[] {
  const rows = tableRows(sections.get(section) ?? '')
  return rows.flatMap(([cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''),
  )
}

describe('docs/cli.md', () => {
  test('has what the program knows as it is: else run "node scripts/cli-page.ts"', () => {
    expect(page).toBe(fillPage(page))
  })

  test('has no generated part but those that there are', () => {
    const marks = [...page.matchAll(/<!-- generated: (\S+) -->/g)].map(([, name]) => name ?? '')
    expect(marks.toSorted()).toEqual([...generatedBlocks().keys()].toSorted())
  })

  test('tells of the commands in their order', () => {
    const headings = [...sections.keys()].filter((heading) => /^[a-z]+$/.test(heading))
    expect(headings).toEqual(commands.map(([name]) => name))
  })

  test.each(commands)('says of %s what its table of options says', (name, command) => {
    const own = command.flags.filter((flag) => !FLAGS[flag].isGlobal)
    const argument = command.argument?.replaceAll(/[[\]]/g, '')
    const usages = own.map((flag) => FLAGS[flag].usage)
    expect(namesIn(name).filter((cell) => /^--|^[A-Z.]+$/.test(cell))).toEqual(
      expect.arrayContaining(argument ? [argument, ...usages] : usages),
    )
  })

  test('lists every exit code, for all commands or for one', () => {
    const common = tableRows(sections.get('Exit codes') ?? '').map(([code]) => Number(code))
    const special: number[] = commands.flatMap(([, { exits = [] }]) =>
      exits.map(({ code }) => code),
    )
    expect(Object.values(EXIT).filter((code) => ![...common, ...special].includes(code))).toEqual(
      [],
    )
    expect(common.filter((code) => !Object.values<number>(EXIT).includes(code))).toEqual([])
  })

  test('lists the fields of a profile in JSON, and those of its check', () => {
    const profile = createProfile({ auth_profile: 'ONE' })
    const check = [
      'status',
      'code',
      'message',
      'fix',
      'opc_request_id',
      'checked_at',
      'duration_ms',
    ]
    const documented = namesIn('JSON').filter((name) => /^[a-z_]+$/.test(name))
    const fields = [...Object.keys(sensitiveView(profile)), ...check]
    expect(documented.toSorted()).toEqual(fields.toSorted())
    expect(documented).toEqual(expect.arrayContaining([...SENSITIVE_FIELDS]))
  })
})

describe('the environment', () => {
  const sources = globSync('src/**/*.ts', { cwd: ROOT }).map((file) => ({
    file,
    text: readFileSync(join(ROOT, file), 'utf8'),
  }))
  const told = VARIABLES.flatMap(({ names }) => names)

  test.each(told)('variable %s is heeded somewhere in the sources', (name) => {
    expect(sources.some(({ text }) => text.includes(`'${name}'`))).toBe(true)
  })

  test('has every variable that a command reads', () => {
    const readers = sources.filter(({ file }) => file.startsWith('src/cli/'))
    const read = readers.flatMap(({ text }) => [...text.matchAll(/\benv\['(\w+)'\]/g)])
    const unknown = read
      .map(([, name]) => name ?? '')
      .filter((name) => !page.includes(`\`${name}\``))
    expect(unknown).toEqual([])
  })
})

test('every option belongs to a command', () => {
  const taken = new Set(commands.flatMap(([, { flags }]) => flags))
  expect((Object.keys(FLAGS) as FlagName[]).filter((flag) => !taken.has(flag))).toEqual([])
})
