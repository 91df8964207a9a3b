import { describe, expect, test } from 'vitest'
import { COMMANDS, type CommandEntry } from '../../src/cli/commands/index.ts'
import { EXIT } from '../../src/cli/exit-codes.ts'
import { FLAGS, type FlagName } from '../../src/cli/flags.ts'
import { readPage, sectionsOf, tableRows } from './page.ts'

const page = readPage('cli.md')
const sections = sectionsOf(page)
const commands = Object.entries<CommandEntry>(COMMANDS)
const flagNames = Object.keys(FLAGS) as FlagName[]

/** Options that a section's table names, as `--port <number>`. */
function optionsIn(section: string): string[] {
  const rows = tableRows(sections.get(section) ?? '')
  return rows.map(([option = '']) => option.replaceAll('`', ''))
}

describe('docs/cli.md', () => {
  test('has every command in the list at its head and under a heading of its own, in their order', () => {
    const listed = tableRows(page.split(/^## /m)[0] ?? '').map(([name = '']) => name)
    expect(listed).toEqual(commands.map(([name]) => `[\`${name}\`](#${name})`))
    const headings = [...sections.keys()].filter((heading) => /^[a-z]+$/.test(heading))
    expect(headings).toEqual(commands.map(([name]) => name))
  })

  test.each(commands)(
    'says how %s is called, and with which options of its own',
    (name, command) => {
      const usage = ['oci-profiles', name, ...(command.argument ? [command.argument] : [])].join(
        ' ',
      )
      expect(sections.get(name)).toContain(`    ${usage}`)
      const own = command.flags.filter((flag) => !FLAGS[flag].isGlobal)
      expect(optionsIn(name).toSorted()).toEqual(own.map((flag) => FLAGS[flag].usage).toSorted())
    },
  )

  test('says which commands take each of the common options', () => {
    const documented = tableRows(sections.get('Options') ?? '').map(([option, takers]) => [
      option,
      takers,
    ])
    const common = flagNames.filter((flag) => FLAGS[flag].isGlobal)
    expect(documented).toEqual(common.map((flag) => [`\`${FLAGS[flag].usage}\``, takersOf(flag)]))
  })

  test('lists exactly the exit codes', () => {
    const rows = tableRows(sections.get('Exit codes') ?? '')
    expect(rows.map(([code]) => Number(code))).toEqual(Object.values(EXIT))
  })
})

function takersOf(flag: FlagName): string {
  const takers = commands.filter(([, { flags }]) => flags.includes(flag)).map(([name]) => name)
  return takers.length === commands.length ? 'all' : takers.join(', ')
}
