/** docs/tour.md is replayed: its files are written, its commands run, its outputs compared. `UPDATE_DOCS=1` writes them anew. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { SETUPS, type Setup } from './broken-setups.ts'
import { withNewTexts, type NewText } from './fenced-blocks.ts'
import { toPage, toReal } from './page-words.ts'
import { HOME, openSandbox, type Sandbox } from './sandbox.ts'
import { openShell, type Shell } from './shell.ts'
import { readStories, showCommands, type ShownCommand, type Step } from './tour-page.ts'

const PAGE = new URL('../../docs/tour.md', import.meta.url)
const isUpdate = Boolean(process.env['UPDATE_DOCS'])
const UPDATE = 'UPDATE_DOCS=1 npx vitest run test/docs'
const CONFIG = '.oci/config'

const page = readFileSync(PAGE, 'utf8')
const stories = readStories(page)
const changes: NewText[] = []

afterAll(() => {
  if (isUpdate) writeFileSync(PAGE, withNewTexts(page, changes))
})

test('docs/tour.md tells the ten stories that are set up', () => {
  expect(stories.map(({ title }) => title)).toEqual(Object.keys(SETUPS))
})

test.each(stories)('$title', { timeout: 60_000 }, async ({ title, steps }) => {
  const setup = SETUPS[title]
  if (!setup) throw new Error(`no setup for "${title}"`)
  await using sandbox = await openSandbox()
  setup.prepare(sandbox)
  await using shell = openShell(sandbox.env, sandbox.home)
  const place: Place = { sandbox, shell, setup, shown: [], printed: '' }
  for (const step of steps) await take(step, place)
  const last = place.printed.split('$ ').at(-1)
  expect(last, 'at the end of a story the profile works').toMatch(/^PROD.*\bworks\b/m)
  changes.push(...place.shown)
})

interface Place {
  sandbox: Sandbox
  shell: Shell
  setup: Setup
  /** What was printed where; it goes into the page when the story has come to its good end. */
  shown: NewText[]
  /** Everything that was printed so far, as the page shows it. */
  printed: string
}

async function take(step: Step, place: Place): Promise<void> {
  const { write, words } = place.sandbox
  if (step.kind === 'commands') await replay(step, place)
  else if (step.kind === 'file') write(step.path, toReal(step.text, words))
  else edit(step, place)
}

async function replay(
  { block, commands }: Extract<Step, { kind: 'commands' }>,
  place: Place,
): Promise<void> {
  const ran: ShownCommand[] = []
  for (const { command } of commands) {
    const { printed, setup } = place
    const isRemedy = !command.startsWith('oci-profiles ') && !setup.mishaps?.includes(command)
    if (isRemedy) expectTold(command.split(' '), printed, place)
    const shown = await run(command, place)
    ran.push(shown)
    place.printed += `${showCommands([shown])}\n`
  }
  const text = showCommands(ran)
  place.shown.push({ block, text })
  if (!isUpdate) expect(block.text, `if the program is right, run ${UPDATE}`).toBe(text)
}

function edit({ before, after }: Extract<Step, { kind: 'edit' }>, place: Place): void {
  const { home, write, words } = place.sandbox
  const config = readFileSync(join(home, CONFIG), 'utf8')
  const parts = config.split(toReal(before, words))
  expect(parts, `these lines are not, or not once, in the config file:\n${before}`).toHaveLength(2)
  const old = new Set(before.split('\n'))
  const added = after.split('\n').filter((line) => !old.has(line))
  for (const line of added) expectTold(line.split('='), place.printed, place)
  write(CONFIG, parts.join(toReal(after, words)))
}

/** A remedy comes from the output alone, but for what only the person can know. */
function expectTold(words: readonly string[], printed: string, { setup }: Place): void {
  const told = inHome(printed)
  const untold = words.filter((word) => !told.includes(inHome(word)))
  const unknown = untold.filter((word) => word !== 'sudo' && !setup.known?.includes(word))
  expect(unknown, `nothing that was printed says "${unknown.join(' ')}"`).toEqual([])
}

function inHome(text: string): string {
  return text.replaceAll('~/', `${HOME}/`)
}

async function run(command: string, { sandbox, shell, setup }: Place): Promise<ShownCommand> {
  const played = setup.played?.[command]
  played?.(sandbox)
  const output = played ? '' : await shell.run(toReal(command, sandbox.words))
  return { command, output: toPage(output, sandbox.words) }
}
