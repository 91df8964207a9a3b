/** Arguments: what is wrong is refused with a hint, and help is always there. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.ts'
import { runHere, runProgram } from './program.ts'

const WRONG = [
  { args: [], says: 'Usage: oci-profiles <command>' },
  { args: ['lst'], says: "unknown command 'lst' (Did you mean list?)" },
  { args: ['completion'], says: "unknown command 'completion'" },
  { args: ['list', '--chek'], says: "unknown option '--chek' (Did you mean --check?)" },
  { args: ['list', '--output', 'xml'], says: 'Allowed choices are table, json.' },
  { args: ['--output', 'xml', 'list'], says: 'Allowed choices are table, json.' },
  { args: ['list', '--output'], says: 'argument missing' },
  { args: ['show', 'A', 'B'], says: 'too many arguments' },
  { args: ['list', 'A'], says: 'too many arguments' },
  { args: ['show', 'A', '--profile', 'B'], says: 'named both as an argument and by --profile' },
  { args: ['demo', '--config-file', 'x'], says: '"demo" does not take --config-file' },
  { args: ['--profile', 'A', 'serve'], says: '"serve" does not take --profile' },
  { args: ['demo', '--port', '70000'], says: '--port' },
  { args: ['emulator', '--port', 'x'], says: '--port' },
  { args: ['emulator', '--samples', 'none'], says: 'Allowed choices are working, all.' },
  { args: ['list', '--\u001b[31mx'], says: 'unknown option' },
] as const

test.each(WRONG)('$args is wrong usage: $says', async ({ args, says }) => {
  const { code, stdout, stderr } = await runHere(args)
  expect(stderr).toContain(says)
  expect(stderr).not.toContain('\u001b')
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
})

test('an error is one line that states the fact and one that says what to do', async () => {
  const { stderr } = await runHere(['check', '--offline'])
  expect(stderr).toBe(
    'error: USAGE: unknown option \'--offline\'\nfix: Run "oci-profiles check --help".\n',
  )
})

describe.each(Object.keys(COMMANDS))('the help of %s', (name) => {
  test('is data, with an example', async () => {
    const { code, stdout, stderr } = await runHere([name, '--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`Usage: oci-profiles ${name}`)
    expect(stdout).toMatch(new RegExp(`Examples:\n  oci-profiles ${name}`))
  })
})

test('the help of the whole names every command with an example', async () => {
  const { code, stdout } = await runHere(['--help'])
  expect(code).toBe(0)
  for (const name of Object.keys(COMMANDS)) {
    expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
    expect(stdout).toContain(`  oci-profiles ${name}`)
  }
})

test('help fits the terminal', async () => {
  const { stdout } = await runHere(['list', '--help'], { columns: 72 })
  const described = stdout.slice(0, stdout.indexOf('Examples:')).split('\n')
  expect(Math.max(...described.map((line) => line.length))).toBeLessThanOrEqual(72)
})

test('--version prints the version of the package', async () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(await runProgram(['--version'])).toEqual({
    code: 0,
    stdout: `${manifest.version}\n`,
    stderr: '',
  })
})

test('global options count before the command as after it', async () => {
  const before = await runHere(['--config-file', '/nonexistent/a', '--output', 'json', 'list'])
  const after = await runHere(['list', '--config-file', '/nonexistent/a', '--output', 'json'])
  expect(before).toEqual(after)
  expect(before.stdout).toBe('[]\n')
})
