/** The program on a real terminal: what stands on the screen while it works, and after Ctrl-C at any moment. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  startEmulator,
  writeSampleProfiles,
  type Emulator,
  type SampleProfile,
} from '../../emulator/index.ts'
import { section, writeConfig } from './config-files.ts'
import { canUseTerminal, ctrlC, runOnTerminal } from './on-terminal.ts'

const CLEAN = { cursor: 0, cooked: true }
const INTERRUPTED = { ...CLEAN, code: 130 }
const ESC = '\u001b'

let emulator: Emulator
let folder: string
let env: Record<string, string>
let samples: SampleProfile[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cli-test-'))
  emulator = await startEmulator()
  const written = await writeSampleProfiles(emulator, folder, 'all')
  samples = written.profiles
  env = { OCI_PROFILES_ENDPOINT_URL: emulator.url, OCI_CLI_CONFIG_FILE: written.configFile }
  // One that never answers: it holds the check until it is interrupted.
  emulator.setFault('DEFAULT', { kind: 'silent' })
})
afterAll(async () => {
  await emulator.close()
  rmSync(folder, { recursive: true })
})

/** Of the profiles whose results are on the screen. */
function namesOn(screen: readonly string[]): string[] {
  return screen.flatMap((line) => /^(\S+) +(?:works|fails)/.exec(line)?.[1] ?? [])
}

/** Thousands of profiles: their list is longer than any buffer. */
function manyProfiles(): string {
  return writeConfig(Array.from({ length: 5000 }, (_, index) => section(`P${index}`)).join('\n'))
}

describe.runIf(canUseTerminal)('Ctrl-C', () => {
  test('before the program is up ends it', async () => {
    const { code, cooked, output } = await runOnTerminal(['check'], {
      env,
      steps: [ctrlC({ until: 'started' })],
    })
    expect({ code, cooked }).toEqual({ code: 130, cooked: true })
    expect(output).toBe('^C')
  })

  test('as soon as it can be answered leaves an empty screen', async () => {
    const shown = await runOnTerminal(['check'], { env, steps: [ctrlC({ until: 'ready' })] })
    expect(shown).toMatchObject(INTERRUPTED)
    expect(shown.screen).toEqual([''])
  })

  test('while checks run leaves the results that are there, and no progress', async () => {
    const args = ['check', 'DEFAULT', 'SESSION', 'NO_USER']
    const steps = [ctrlC({ text: '2 of 3 done, waiting for DEFAULT' })]
    const shown = await runOnTerminal(args, { env, steps })
    expect(shown).toMatchObject(INTERRUPTED)
    expect(namesOn(shown.screen).toSorted()).toEqual(['NO_USER', 'SESSION'])
    expect(shown.screen.at(-1)).toBe('')
    expect(shown.screen.join('\n')).not.toMatch(/\^C|checking/)
  })

  test('twice is the same', async () => {
    const steps = [{ text: '1 of 2 done, waiting for DEFAULT', keys: '\u0003\u0003' }]
    const shown = await runOnTerminal(['check', 'DEFAULT', 'SESSION'], { env, steps })
    expect(shown).toMatchObject(INTERRUPTED)
    expect(shown.screen).toEqual([expect.stringMatching(/^SESSION {2}works/), ''])
  })

  test.each([['doctor'], ['list', '--check'], ['check', '--output', 'json']])(
    'during %s %s leaves nothing on the screen',
    async (...args) => {
      const steps = [ctrlC({ text: 'waiting for DEFAULT' })]
      const shown = await runOnTerminal([...args, '--profile', 'DEFAULT'], { env, steps })
      expect(shown).toMatchObject(INTERRUPTED)
      expect(shown.screen).toEqual([''])
    },
  )

  test('in the middle of a long list ends it with a whole line', async () => {
    const args = ['list', '--config-file', manyProfiles()]
    const shown = await runOnTerminal(args, { steps: [ctrlC({ text: 'P100 ' })] })
    expect(shown.cooked).toBe(true)
    // The list may have been written already, to a terminal that is behind.
    expect([0, 130]).toContain(shown.code)
    expect(shown.screen[0]).toMatch(/^AUTH_PROFILE /)
  })

  test('while a config file comes slowly through a pipe ends at once', async () => {
    const args = ['check', '--config-file', '/dev/fd/3']
    const steps = [ctrlC({ until: 'ready', after: 0.5 })]
    const shown = await runOnTerminal(args, { input: '[A]\nuser=', steps })
    expect(shown).toMatchObject(INTERRUPTED)
    expect(shown.screen).toEqual([''])
  })

  test('wipes its echo where stderr is no terminal, too', async () => {
    const steps = [ctrlC({ text: 'SESSION', after: 0.2 })]
    const shown = await runOnTerminal(['check', 'DEFAULT', 'SESSION'], { env, pipe: 2, steps })
    expect(shown).toMatchObject({ ...INTERRUPTED, piped: '' })
    expect(shown.screen).toEqual([expect.stringMatching(/^SESSION {2}works/), ''])
  })

  test('ends a service, which is what it is for: exit code 0', async () => {
    const steps = [ctrlC({ text: 'Ctrl-C stops it' })]
    const { code, cooked, screen, cursor } = await runOnTerminal(['emulator'], { steps })
    expect({ code, cooked, cursor }).toEqual({ code: 0, cooked: true, cursor: 0 })
    expect(screen.join('\n')).not.toContain('^C')
  })
})

describe.runIf(canUseTerminal)('check of many', () => {
  test('shows results while others are waited for, whatever their order', async () => {
    const names = ['DEFAULT', 'SESSION', 'ENCRYPTED_KEY', 'EC_KEY']
    const steps = [ctrlC({ text: '3 of 4 done, waiting for DEFAULT' })]
    const { screen } = await runOnTerminal(['check', ...names], { env, steps })
    expect(namesOn(screen).toSorted()).toEqual(names.slice(1).toSorted())
  })

  test('ends with a summary', async () => {
    const names = samples.map(({ name }) => name).filter((name) => name !== 'DEFAULT')
    const { screen, code } = await runOnTerminal(['check', ...names], { env })
    expect(namesOn(screen).toSorted()).toEqual(names.toSorted())
    expect(screen.at(-2)).toMatch(/^\d+ of \d+ work, \d+ fail \(\d+\.\d s\)$/)
    expect(code).toBe(1)
  })

  test('shows no progress beside a program that draws on the same terminal', async () => {
    const args = ['check', 'SESSION', 'DEFAULT']
    const steps = [ctrlC({ piped: 'SESSION', after: 2 })]
    const { output, piped, code } = await runOnTerminal(args, { env, pipe: 1, steps })
    expect(code).toBe(130)
    expect(piped).toMatch(/^SESSION {2}works.*\n$/)
    expect(output).toBe('^C')
  })

  test.each([30, 60, 200])('keeps its progress within %d columns', async (columns) => {
    const steps = [{ text: 'checking' }, ctrlC({ after: 0.3 })]
    const args = ['check', 'DEFAULT', 'SESSION']
    const { output } = await runOnTerminal(args, { env, columns, steps })
    const [progress = ''] = output.match(/checking: [^\r^]*/) ?? []
    expect(progress).toMatch(/^checking: /)
    expect(progress.length).toBeLessThan(columns - 2)
  })
})

describe.runIf(canUseTerminal)('the environment', () => {
  const GOOD = ['check', 'SESSION', 'EC_KEY']

  test('of a terminal with colours gives colours', async () => {
    const { output } = await runOnTerminal(GOOD, { env })
    expect(output).toContain(`${ESC}[32mworks`)
    expect(output).toContain(`${ESC}[31mfails`)
  })

  const PLAIN: Record<string, string>[] = [
    { NO_COLOR: '1' },
    { NO_COLOR: '1', FORCE_COLOR: '1' },
    { FORCE_COLOR: '0' },
    { TERM: 'dumb' },
  ]
  test.each(PLAIN)('%o gives none', async (wishes) => {
    const { output, screen } = await runOnTerminal(GOOD, { env: { ...env, ...wishes } })
    expect(output).not.toContain(ESC)
    expect(screen.join('\n')).toMatch(/^SESSION {2}works/m)
  })

  test('FORCE_COLOR gives colours where there is no terminal', async () => {
    const { piped } = await runOnTerminal(GOOD, {
      env: { ...env, FORCE_COLOR: '1' },
      pipe: 1,
    })
    expect(piped).toContain(`${ESC}[32mworks`)
  })

  test('TERM=dumb gets no line that is written twice, and a new one below "^C"', async () => {
    const steps = [ctrlC({ text: 'SESSION', after: 0.5 })]
    const args = ['check', 'DEFAULT', 'SESSION']
    const shown = await runOnTerminal(args, { env: { ...env, TERM: 'dumb' }, steps })
    expect(shown.code).toBe(130)
    expect(shown.output.replaceAll('\r\n', '\n')).toMatch(/^SESSION {2}works [^\r]*\n\^C\n$/)
  })

  test('COLUMNS counts where the terminal does not know its width', async () => {
    const file = writeConfig(section('ONE'))
    const args = ['list', '--config-file', file]
    const widths = async (columns: number, COLUMNS: string) => {
      const { output } = await runOnTerminal(args, { columns, env: { COLUMNS } })
      return Math.max(
        ...output.split('\r\n').map((line) => line.replaceAll(/\u001b\[\d+m/g, '').length),
      )
    }
    expect(await widths(0, '60')).toBeLessThanOrEqual(60)
    expect(await widths(0, '200')).toBeGreaterThan(100)
    expect(await widths(0, 'wide')).toBeLessThanOrEqual(80)
    expect(await widths(60, '200')).toBeLessThanOrEqual(60)
  })
})
