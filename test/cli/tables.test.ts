/** Tables: they fit the terminal, and nothing in them steers it. */
import { describe, expect, test } from 'vitest'
import { section, writeConfig } from './config-files.ts'
import { runHere, type Terminal } from './program.ts'

const ESC = '\u001b'
const HOSTILE = `evil${ESC}[2J\u009b31m\u202egnp\u0007`

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
  test.each([40, 80, 120])('of %d columns no line of a list is longer', async (columns) => {
    const file = writeConfig(section('ONE') + section('日本語のプロファイル名はとても長い'))
    const { stdout } = await run('list', file, { columns })
    for (const line of stdout.trimEnd().split('\n')) {
      expect(line.length).toBeLessThanOrEqual(columns)
    }
    expect(stdout).toContain('…')
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
