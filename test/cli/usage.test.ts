/** Arguments: what is wrong is refused with a hint, and help is always there. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { COMMANDS, type CommandEntry, type CommandName } from '../../src/cli/commands/index.ts'
import { section, writeConfig } from './config-files.ts'
import { makeFolder, runHere, runProgram } from './program.ts'

const WRONG = [
  { args: [], says: 'Usage: oci-profiles <command>' },
  { args: ['wipe'], says: 'unknown command "wipe"\nfix: Run "oci-profiles --help".' },
  { args: ['lst'], says: 'unknown command "lst"\nfix: Did you mean "oci-profiles list"?' },
  { args: ['lst', '--check'], says: 'Did you mean "oci-profiles list"?' },
  { args: ['lst', '--help'], says: 'Did you mean "oci-profiles list"?' },
  { args: ['help', 'lst'], says: 'Did you mean "oci-profiles list"?' },
  ...['show', 'check', 'env'].map((command) => ({
    args: [command, '-dash'],
    says: `unknown option -dash\nfix: Run "oci-profiles ${command} --help"; for a profile of that name write --profile=-dash`,
  })),
  { args: ['list', '-dash'], says: 'unknown option -dash\nfix: Run "oci-profiles list --help".' },
  { args: ['show', '-z'], says: 'unknown option -z\nfix: Run "oci-profiles show --help".' },
  { args: ['list', '--chek'], says: 'unknown option --chek\nfix: Did you mean --check?' },
  { args: ['--confg-file', 'x', 'list'], says: 'Did you mean --config-file?' },
  { args: ['list', '--offline'], says: '"list" does not take --offline\nfix: It is an option of' },
  ...['--debug=yes', '--no-color=1', '--help=1', '--offline=true'].map((option) => ({
    args: ['doctor', option],
    says: `${option.split('=')[0]} takes no value\nfix: Write ${option.split('=')[0]} alone.`,
  })),
  { args: ['--debug=1', 'check'], says: '--debug takes no value' },
  { args: ['list', '--offline=true'], says: '"list" does not take --offline' },
  { args: ['list', '--output', 'jsn'], says: 'not "jsn"\nfix: Did you mean "json"?' },
  { args: ['list', '--output', 'xml'], says: '--output takes table or json, not "xml"' },
  { args: ['--output', 'xml', 'list'], says: '--output takes table or json, not "xml"' },
  { args: ['list', '--output'], says: 'argument missing' },
  { args: ['check', '--auth', 'security_token'], says: 'unknown option --auth\nfix: It belongs' },
  { args: ['check', '--region=fra'], says: 'unknown option --region\nfix: It belongs' },
  { args: ['list', '--query', '[].user'], says: 'a program such as jq' },
  { args: ['check', '-p', 'PROD'], says: 'unknown option -p\nfix: Write --profile.' },
  ...['show', 'check', 'env', 'doctor', 'refresh'].map((command) => ({
    args: [command, '--profile', ''],
    says: '--profile is empty\nfix: Give --profile a value, or leave it out.',
  })),
  { args: ['exec', '--profile', '', '--', 'true'], says: '--profile is empty' },
  { args: ['list', '--config-file='], says: '--config-file is empty' },
  { args: ['show', 'A', 'B'], says: 'too many arguments' },
  { args: ['list', 'A'], says: 'To see one profile, run "oci-profiles show A".' },
  { args: ['show', 'A', '--profile', 'B'], says: 'named both as an argument and by --profile' },
  { args: ['demo', '--config-file', 'x'], says: '"demo" does not take --config-file' },
  { args: ['--profile', 'A', 'serve'], says: '"serve" does not take --profile' },
  { args: ['demo', '--port', '70000'], says: '--port' },
  { args: ['emulator', '--port', 'x'], says: '--port' },
  { args: ['emulator', '--samples', 'none'], says: 'working or all, not "none"' },
  { args: ['list', '--\u001b[31mx'], says: 'unknown option' },
] as const

test.each(WRONG)('$args is wrong usage: $says', async ({ args, says }) => {
  const { code, stdout, stderr } = await runHere(args)
  expect(stderr).toContain(says)
  expect(stderr).not.toContain('\u001b')
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
})

test('an error is one line that states the fact and one that says what to do', async () => {
  const { stderr } = await runHere(['check', '--wipe'])
  expect(stderr).toBe(
    'error: USAGE: unknown option --wipe\nfix: Run "oci-profiles check --help".\n',
  )
})

test('the value of an unknown option is not repeated: it may be a secret', async () => {
  const { stderr } = await runHere(['check', '--pass-phrase=hunter2', '--auth=hunter2'])
  expect(stderr).toContain('--pass-phrase')
  expect(stderr).not.toContain('hunter2')
})

describe('a profile where a command belongs', () => {
  const HINTS = [
    { word: 'PROD', hint: '"PROD" is a profile: run "oci-profiles show PROD".' },
    { word: 'prod', hint: '"PROD" is a profile: run "oci-profiles show PROD".' },
    { word: 'PRDO', hint: 'Did you mean "oci-profiles show PROD"?' },
    { word: 'My team', hint: `"My team" is a profile: run "oci-profiles show 'My team'".` },
    { word: 'chek', hint: 'Did you mean "oci-profiles check"?' },
    { word: 'checks', hint: '"checks" is a profile: run "oci-profiles show checks".' },
  ]
  test.each(HINTS)('$word: $hint', async ({ word, hint }) => {
    const names = ['PROD', 'My team', 'checks', 'list']
    const file = writeConfig(names.map((name) => section(name)).join('\n'))
    for (const args of [
      ['--config-file', file, word],
      [word, '--config-file', file, '--check'],
    ]) {
      const { code, stdout, stderr } = await runHere(args)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toBe(`error: USAGE: unknown command "${word}"\nfix: ${hint}\n`)
    }
  })

  test('is not looked for where the config file cannot be read', async () => {
    const { code, stderr } = await runHere(['PROD', '--config-file', makeFolder()])
    expect(code).toBe(2)
    expect(stderr).toBe('error: USAGE: unknown command "PROD"\nfix: Run "oci-profiles --help".\n')
  })
})

describe.each(Object.keys(COMMANDS))('the help of %s', (name) => {
  test('is data, with an example', async () => {
    const { code, stdout, stderr } = await runHere([name, '--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`Usage: oci-profiles ${name}`)
    expect(stdout).toMatch(new RegExp(`Examples:\n  (?:# .*\n  )?oci-profiles ${name}`))
  })

  test('says what its exit codes mean where that is special', async () => {
    const { stdout } = await runHere([name, '--help'])
    const { exits = [] }: CommandEntry = COMMANDS[name as CommandName]
    for (const { code } of exits) expect(stdout).toMatch(new RegExp(`^  ${code} `, 'm'))
    expect(stdout.includes('Exit codes:')).toBe(exits.length > 0)
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

describe.each([40, 60, 80, 200])('on a terminal of %d columns', (columns) => {
  test.each([[], ...Object.keys(COMMANDS).map((name) => [name])])(
    'help of %s fits',
    async (...name) => {
      const { stdout } = await runHere([...name, '--help'], { columns })
      // What is to be copied stays in one piece.
      const lines = stdout
        .split('\n')
        .filter((line) => !/^(?:Usage:|  oci-profiles |  # \S+$)/.test(line))
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(
        Math.min(columns, 100),
      )
    },
  )
})

test.each([
  ['help', '--help'],
  ['-h', '--help'],
  ['-?', '--help'],
  ['-v', '--version'],
  ['-V', '--version'],
  ['version', '--version'],
])('%s is %s', async (short, long) => {
  expect(await runHere([short])).toEqual(await runHere([long]))
  expect((await runHere([short])).code).toBe(0)
})

test('help of a command may be asked for in words', async () => {
  const asked = await runHere(['help', 'check'])
  expect(asked).toEqual(await runHere(['check', '--help']))
  expect(asked).toEqual(await runHere(['check', '-h']))
  expect(asked.stdout).toContain('Usage: oci-profiles check')
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
