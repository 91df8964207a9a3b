/** docs/cli.md lists exactly the commands, options and exit codes that there are. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { COMMANDS, type CommandEntry } from '../../src/cli/commands/index.ts'
import { EXIT } from '../../src/cli/exit-codes.ts'
import { FLAGS, type FlagName } from '../../src/cli/flags.ts'

const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8')
const commands = Object.entries<CommandEntry>(COMMANDS)
const flags = Object.keys(FLAGS) as FlagName[]

/** Text of the part under that heading. */
function part(heading: string): string {
  const [, after = ''] = page.split(`\n## ${heading}\n`)
  return after.split('\n## ')[0] ?? ''
}

/** First cells of the tables in a text, without their backticks. */
function firstCells(text: string): string[] {
  const cells = [...text.matchAll(/^\| *(?:\[?`)?([^|`\]]+?)`?(?:\]\([^)]*\))? *\|/gm)]
  return cells
    .map(([, cell]) => cell ?? '')
    .filter((cell) => !/^(?:command|option|code|-+)$/.test(cell))
}

test('the page lists exactly the commands, each with a part of its own', () => {
  const [intro = ''] = page.split('\n## ')
  expect(firstCells(intro)).toEqual(commands.map(([name]) => name))
  for (const [name] of commands) expect(part(name)).toContain(`oci-profiles ${name}`)
})

test('the page lists exactly the options that many commands share, with their commands', () => {
  const shared = flags.filter((flag) => FLAGS[flag].isGlobal)
  expect(firstCells(part('Options'))).toEqual(shared.map((flag) => FLAGS[flag].usage))
  for (const flag of shared) {
    const takers = commands.filter(([, entry]) => entry.flags.includes(flag)).map(([name]) => name)
    const told = takers.length === commands.length ? 'all' : takers.join(', ')
    expect(part('Options')).toContain(`| \`${FLAGS[flag].usage}\` | ${told} |`)
  }
})

test.each(commands)('the part about %s lists exactly its own options', (name, entry) => {
  const own = entry.flags.filter((flag) => !FLAGS[flag].isGlobal)
  expect(firstCells(part(name))).toEqual(own.map((flag) => FLAGS[flag].usage))
})

test('every option belongs to a command', () => {
  const taken = new Set(commands.flatMap(([, entry]) => entry.flags))
  expect(flags.filter((flag) => !taken.has(flag))).toEqual([])
})

test('the page lists exactly the exit codes', () => {
  expect(firstCells(part('Exit codes')).map(Number)).toEqual(Object.values(EXIT))
})
