/** Tables: they fit the terminal, and nothing in them steers it. */
import { describe, expect, test } from 'vitest'
import { testOcid } from '../fixtures/identities.ts'
import { section, writeConfig } from './config-files.ts'
import { runHere, type Terminal } from './program.ts'

const ESC = '\u001b'
const HOSTILE = `evil${ESC}[2J\u009b31m\u202egnp\u0007`

/** Columns, counted by hand: Japanese takes two, a combining mark none, a family two. */
function widthOf(text: string): number {
  const plain = text.replaceAll(/👩‍👩‍👧|[\u3000-\u9fff]/gu, '##').replaceAll('\u0308', '')
  return plain.length
}

function run(command: string, file: string, terminal?: Terminal) {
  return runHere([command, '--config-file', file], terminal)
}

describe('a name that would steer the terminal', () => {
  test.each(['list', 'check', 'show', 'doctor'])('is shown as escapes by %s', async (command) => {
    const file = writeConfig(section(HOSTILE))
    const { stdout, stderr } = await run(command, file)
    expect(stdout).toContain('evil\\x1b[2J\\x9b31m\\u202egnp\\x07')
    // oxlint-disable-next-line no-control-regex
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  })

  test('is the same name in JSON, in harmless letters', async () => {
    const file = writeConfig(section(HOSTILE))
    const { stdout } = await runHere(['list', '--output', 'json', '--config-file', file])
    expect(JSON.parse(stdout)[0].auth_profile).toBe(HOSTILE)
    // oxlint-disable-next-line no-control-regex
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  })

  test('is harmless in an error', async () => {
    const file = writeConfig(section('A'))
    const { stderr } = await runHere(['show', HOSTILE, '--config-file', file])
    expect(stderr).toContain('evil\\x1b[2J')
    expect(stderr).not.toContain(ESC)
  })
})

describe('on a terminal', () => {
  const WIDTHS = [
    { columns: 20, shows: 'AUTH_PROFILE' },
    { columns: 40, shows: 'AUTH_PROFILE REGION' },
    { columns: 60, shows: 'AUTH_PROFILE AUTHENTICATION REGION USER' },
    { columns: 80, shows: 'AUTH_PROFILE AUTHENTICATION REGION USER TENANCY' },
    { columns: 120, shows: 'AUTH_PROFILE AUTHENTICATION REGION USER TENANCY ORIGIN' },
    { columns: 200, shows: 'AUTH_PROFILE AUTHENTICATION REGION USER TENANCY ORIGIN' },
  ]
  test.each(WIDTHS)('of $columns columns a list shows $shows', async ({ columns, shows }) => {
    const names = ['ONE', '日本語の名', 'a\u0308o\u0308u\u0308', '👩‍👩‍👧']
    const file = writeConfig(names.map((name) => section(name)).join(''))
    const { stdout } = await run('list', file, { columns })
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]?.split(/ +/).join(' ')).toBe(shows)
    for (const [index, line] of lines.entries()) {
      expect(widthOf(line)).toBeLessThanOrEqual(columns)
      // Names are whole, and each cell begins where its heading does.
      if (index > 0) expect(line.split(/ +/)[0]).toBe(names[index - 1])
      if (index > 0 && columns >= 40) {
        const before = line.slice(0, line.indexOf('eu-frankfurt-1'))
        expect(widthOf(before)).toBe(lines[0]?.indexOf('REGION'))
      }
    }
  })

  test.each([80, 100, 120, 160])('of %d columns users are told apart', async (columns) => {
    const names = Array.from({ length: 20 }, (_, index) => `P${index}`)
    const file = writeConfig(names.map((name) => section(name)).join(''))
    const { stdout } = await run('list', file, { columns })
    const rows = stdout.trimEnd().split('\n').slice(1)
    const users = new Set(rows.map((row) => row.split(/ +/)[3]))
    expect(users.size).toBe(names.length)
  })

  test('what was asked for stays longer than what is always there', async () => {
    const file = writeConfig(section('ONE') + section('TWO', { pass_phrase: 'hunter2' }))
    const args = ['list', '--include-sensitive', '--config-file', file]
    const { stdout } = await runHere(args, { columns: 80 })
    expect(stdout).toMatch(/^AUTH_PROFILE +FINGERPRINT +KEY_FILE +PASS_PHRASE/)
    expect(stdout).not.toMatch(/TENANCY|KEY_CONTENT/)
  })

  test('all of a profile is shown, below its name where it does not fit beside it', async () => {
    const file = writeConfig(section('ONE'))
    const { stdout } = await run('show', file, { columns: 80 })
    const user = testOcid('user', 'ONE')
    expect(stdout).toMatch(new RegExp(`^user\n {1,2}${user}$`, 'm'))
    expect(stdout).toMatch(/^region +eu-frankfurt-1$/m)
    const wide = await run('show', file, { columns: 120 })
    expect(wide.stdout).toMatch(new RegExp(`^user +${user}$`, 'm'))
  })

  test.each([60, 100])('of %d columns text is wrapped below its beginning', async (columns) => {
    const file = writeConfig(section('ONE', { additional_user_agent: 'word '.repeat(30).trim() }))
    const { stdout } = await run('show', file, { columns })
    const lines = stdout.split('\n').filter((line) => line.includes('word'))
    expect(lines.length).toBeGreaterThan(1)
    expect(new Set(lines.map((line) => line.indexOf('word'))).size).toBe(1)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns)
  })

  test.each([40, 60, 80, 120])('of %d columns results of checks fit', async (columns) => {
    const long = 'n'.repeat(60)
    const file = writeConfig(
      section('ONE') + section('TWO', { key_file: '/k.pem' }) + section(long),
    )
    const { stdout } = await run('check', file, { columns })
    for (const line of stdout.trimEnd().split('\n')) {
      // A word that is longer than the terminal is left to it.
      if (!/^ +\S+$/.test(line)) expect(line.length).toBeLessThanOrEqual(columns)
    }
    expect(stdout).toMatch(/^n+…n+ +fails/m)
  })

  test('messages of a check are wrapped, not cut', async () => {
    const file = writeConfig(section('ONE'))
    const { stdout } = await run('check', file, { columns: 60 })
    const elsewhere = await run('check', file)
    expect(stdout.split('\n').length).toBeGreaterThan(elsewhere.stdout.split('\n').length)
    expect(stdout).not.toContain('…')
    const flat = (text: string) => text.replaceAll(/\s+/g, ' ')
    expect(flat(stdout)).toBe(flat(elsewhere.stdout))
  })

  test('wide characters count twice', async () => {
    const file = writeConfig(section('日本') + section('abcd') + section('e\u0301fgh'))
    const { stdout } = await run('check', file, { columns: 80 })
    expect(stdout).toMatch(/^日本 {2}fails/m)
    expect(stdout).toMatch(/^abcd {2}fails/m)
    expect(stdout).toMatch(/^e\u0301fgh {2}fails/m)
  })

  test('there are colours, unless --no-color is given', async () => {
    const file = writeConfig(section('ONE'))
    const terminal = { columns: 80, hasColors: true }
    const { stdout } = await run('check', file, terminal)
    expect(stdout).toContain(`${ESC}[31mfails`)
    const plain = await runHere(['check', '--no-color', '--config-file', file], terminal)
    expect(plain.stdout).not.toContain(ESC)
  })
})

test('where there is no terminal nothing is cut', async () => {
  const name = 'n'.repeat(300)
  const file = writeConfig(section(name))
  for (const command of ['list', 'check', 'show', 'doctor']) {
    const { stdout } = await run(command, file)
    expect(stdout).toContain(name)
    expect(stdout).not.toContain('…')
  }
})
