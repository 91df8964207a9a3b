/** `completion`: the scripts in real shells, and what they ask of this program. */
import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.ts'
import { COMPLETION_SCRIPTS, type Shell } from '../../src/cli/completion-scripts/index.ts'
import { section, writeConfig } from './config-files.ts'
import { MAIN, makeFolder, runHere } from './program.ts'
import { isHere, runScript } from './shells.ts'

/** Would leave a file where a shell ran it. */
const TRAP = '$(touch trapped)'
const NAMES = ['PROD', 'prod2', 'My team: EU', 'me@corp', 'Straße', TRAP, `it's "q"`, '--odd']

let file: string

beforeEach(() => {
  file = writeConfig(NAMES.map((name) => `[${name}]\nregion=fra\n`).join(''))
})

describe('the answer to a script', () => {
  /** What may stand in the place of the last word; first the kind of it. */
  async function ask(words: readonly string[], env: Record<string, string> = {}) {
    const { code, stdout, stderr } = await runHere(['__complete', 'zsh', '--', ...words], {
      env: { OCI_CLI_CONFIG_FILE: file, ...env },
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t')[0])
  }

  const COMMAND_NAMES = Object.keys(COMMANDS)
  const TYPEABLE = NAMES.filter((name) => !name.startsWith('-'))
  const LINES: { words: string[]; answer: readonly string[] }[] = [
    { words: [''], answer: ['words', ...COMMAND_NAMES] },
    { words: ['--debug', 's'], answer: ['words', 'serve', 'show'] },
    { words: ['--config-file', 'list', 'sho'], answer: ['words', 'show'] },
    { words: ['show', ''], answer: ['words', ...TYPEABLE] },
    { words: ['show', 'PR'], answer: ['words', 'PROD', 'prod2'] },
    { words: ['show', 'STRASS'], answer: ['words', 'Straße'] },
    { words: ['show', 'PROD', ''], answer: ['words'] },
    { words: ['show', '--profile', 'PROD', ''], answer: ['words'] },
    { words: ['check', 'prod', 'p'], answer: ['words', 'prod2'] },
    { words: ['check', '--', 'p'], answer: ['words', 'PROD', 'prod2'] },
    { words: ['list', ''], answer: ['words'] },
    { words: ['list', '--profile', 'me'], answer: ['words', 'me@corp'] },
    { words: ['list', '--profile=me'], answer: ['words', '--profile=me@corp'] },
    { words: ['list', '--output', ''], answer: ['words', 'table', 'json'] },
    { words: ['list', '--output=j'], answer: ['words', '--output=json'] },
    { words: ['list', '--nonsense=j'], answer: ['words'] },
    { words: ['list', '--check=j'], answer: ['words'] },
    { words: ['list', '--o'], answer: ['words', '--output'] },
    { words: ['list', '--check', '--c'], answer: ['words', '--config-file'] },
    { words: ['list', '--off'], answer: ['words'] },
    { words: ['--v'], answer: ['words', '--version'] },
    { words: ['--config-file', ''], answer: ['files'] },
    { words: ['--config-file=/et'], answer: ['files'] },
    { words: ['emulator', '--dir', ''], answer: ['folders'] },
    { words: ['emulator', '--samples', 'a'], answer: ['words', 'all'] },
    { words: ['serve', '--port', ''], answer: ['words'] },
    { words: ['env', '--format', 'p'], answer: ['words', 'powershell'] },
    { words: ['exec', 'prod', ''], answer: ['words', '--'] },
    {
      words: ['exec', '--profile', 'PROD', '-'],
      answer: [
        ...['words', '--', '--check', '--refresh'],
        ...['--config-file', '--debug', '--no-color', '--help'],
      ],
    },
    { words: ['exec', 'prod', '--', 'l'], answer: ['command'] },
    { words: ['exec', 'prod', '--', 'ls', '--profile', ''], answer: ['command'] },
    { words: ['completion', ''], answer: ['words', 'bash', 'zsh', 'fish'] },
    { words: ['completion', 'zsh', ''], answer: ['words'] },
    { words: ['nonsense', ''], answer: ['words'] },
    { words: [], answer: ['words', ...COMMAND_NAMES] },
  ]
  test.each(LINES)('$words: $answer', async ({ words, answer }) => {
    expect(await ask(words)).toEqual(answer)
  })

  test('says what a word is about', async () => {
    const args = ['__complete', 'fish', '--', 'show', '']
    const { stdout } = await runHere(args, { env: { OCI_CLI_CONFIG_FILE: file } })
    expect(stdout).toContain('\nPROD\tapi_key, fra\n')
  })

  test('reads the config file that the line names', async () => {
    const other = writeConfig(section('OTHER'))
    expect(await ask(['show', '--config-file', other, ''])).toEqual(['words', 'OTHER'])
    expect(await ask([`--config-file=${other}`, 'show', ''])).toEqual(['words', 'OTHER'])
    const typed = ['show', '--config-file', '$PLACE', '']
    expect(await ask(typed, { PLACE: other })).toEqual(['words', 'OTHER'])
  })

  test.each([
    { what: 'no config file', words: () => ['--config-file', '/nonexistent/c'] },
    { what: 'faults in the config file', words: () => ['--config-file', writeConfig('stray\n')] },
  ])('is silent about $what', async ({ words }) => {
    expect(await ask(['show', ...words(), ''])).toEqual(['words'])
  })

  test('is none where the config file cannot be read', async () => {
    const args = ['__complete', 'zsh', '--', 'show', '--config-file', makeFolder(), '']
    expect(await runHere(args)).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test.each([[], ['tcsh', '--', 'show', ''], ['bash'], ['bash', 'show']])(
    'to a call that no script makes (%j) is none',
    async (...args) => {
      const ended = await runHere(['__complete', ...args])
      expect(ended).toEqual({ code: 0, stdout: '', stderr: '' })
    },
  )
})

describe.skipIf(!isHere('bash'))('in bash', () => {
  /** The words that bash would be given to choose from. */
  function reply(words: readonly string[], replaced?: string): string[] {
    const script = [
      'source "$SCRIPT"',
      'COMP_WORDS=(oci-profiles "$@") COMP_CWORD=$#',
      `_oci_profiles \${REPLACED+oci-profiles "$REPLACED"} 2>&1`,
      `printf '%s\\n' "\${COMPREPLY[@]}"`,
    ].join('\n')
    const env = { ...environment('bash'), ...(replaced !== undefined && { REPLACED: replaced }) }
    const lines = runScript('bash', script, { args: words, env })
    expect(existsSync(join(env.HOME, 'trapped'))).toBe(false)
    return lines.trimEnd().split('\n')
  }

  test('a name is completed in any case, and made a word of bash', () => {
    expect(reply(['show', 'pr'])).toEqual(['PROD', 'prod2'])
    expect(reply(['show', 'my'])).toEqual(['My\\ team:\\ EU'])
    expect(reply(['show', 'My\\ t'])).toEqual(['My\\ team:\\ EU'])
    expect(reply(['show', 'it'])).toEqual([`it\\'s\\ \\"q\\"`])
  })

  test('in quotes it is made fit for them', () => {
    expect(reply(['show', '"My t'])).toEqual(['My team: EU'])
    expect(reply(['show', '"it'])).toEqual([`it's \\"q\\"`])
    expect(reply(['show', "'it"])).toEqual([`it'\\''s "q"`])
  })

  test('a name that is a command substitution stays a name', () => {
    expect(reply(['show', '\\$'])).toEqual(['\\$\\(touch\\ trapped\\)'])
    expect(reply(['show', '"$'])).toEqual(['\\$(touch trapped)'])
    expect(reply(['show', "'$"])).toEqual([TRAP])
    expect(reply(['show', TRAP, ''])).toEqual([''])
  })

  test('of a word that bash takes for several only the last one is given', () => {
    expect(reply(['show', 'me', '@'], '@')).toEqual(['@corp'])
    expect(reply(['show', 'me', '@', 'c'], '@c')).toEqual(['@corp'])
    expect(reply(['show', 'My\\ team', ':', '\\ E'], '\\ E')).toEqual(['\\ EU'])
    expect(reply(['list', '--output', '='], '')).toEqual(['table', 'json'])
    expect(reply(['list', '--output', '=', 'j'], 'j')).toEqual(['json'])
    expect(reply(['show', '--profile', '=', '"My'], 'My')).toEqual(['My team: EU'])
  })

  test('words that are left of the cursor alone count', () => {
    const script = [
      'source "$SCRIPT"',
      'COMP_WORDS=(oci-profiles show) COMP_CWORD=1 COMP_LINE="oci-profiles show" COMP_POINT=15',
      `_oci_profiles oci-profiles sh 2>&1; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ].join('\n')
    expect(runScript('bash', script, { env: environment('bash') })).toBe('show\n')
  })

  test('the command of exec is completed as one', () => {
    expect(reply(['exec', 'PROD', '--', 'bas'])).toContain('bash')
  })

  test('the script is good for bash in every mode', () => {
    const env = environment('bash')
    const script = 'set -euo pipefail; source "$SCRIPT"; complete -p oci-profiles'
    expect(runScript('bash', script, { env })).toContain('-F _oci_profiles oci-profiles')
  })
})

describe.skipIf(!isHere('fish'))('in fish', () => {
  const complete = (line: string) => {
    const script = 'source $SCRIPT; complete -C $argv[1]'
    const env = environment('fish')
    const lines = runScript('fish', script, { args: [line], env })
      .trimEnd()
      .split('\n')
    expect(existsSync(join(env.HOME, 'trapped'))).toBe(false)
    return lines.map((each) => each.split('\t')[0])
  }

  test.each([
    { line: 'oci-profiles sh', words: ['show'] },
    { line: 'oci-profiles show My\\ t', words: ['My team: EU'] },
    { line: 'oci-profiles show "My t', words: ['My team: EU'] },
    { line: 'oci-profiles show corp', words: ['me@corp'] },
    { line: 'oci-profiles list --output=j', words: ['--output=json'] },
    { line: 'oci-profiles exec PROD ', words: ['--'] },
    { line: 'oci-profiles exec PROD -- ls /dev/nul', words: ['/dev/null'] },
    { line: 'oci-profiles list --config-file=/dev/nul', words: ['--config-file=/dev/null'] },
  ])('$line: $words', ({ line, words }) => {
    expect(complete(line)).toEqual(words)
  })
})

describe.skipIf(!isHere('zsh'))('in zsh', () => {
  test('the script is read without a fault, from a file and from eval', () => {
    const script = [
      'compdef() { print -r -- "$@" }',
      'eval "$(oci-profiles completion zsh)"',
      'oci-profiles completion zsh > $HOME/_oci-profiles; zsh -n $HOME/_oci-profiles && print fine',
    ].join('\n')
    expect(runScript('zsh', script, { env: environment('zsh') })).toBe(
      '_oci-profiles oci-profiles\nfine\n',
    )
  })
})

describe('completion', () => {
  test.each(['bash', 'zsh', 'fish'])('prints the script for %s', async (shell) => {
    const { code, stdout, stderr } = await runHere(['completion', shell])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`${shell} completion for oci-profiles`)
    expect(stdout).toContain(`__complete ${shell} `)
  })

  test.each([
    { args: [], SHELL: '/usr/bin/zsh', says: 'Yours is zsh: oci-profiles completion zsh.' },
    { args: [], SHELL: '/bin/tcsh', says: 'Name one of bash, zsh, fish' },
    { args: ['tcsh'], SHELL: '/bin/bash', says: 'no script for the shell "tcsh"' },
    { args: ['bash', 'zsh'], SHELL: '', says: 'too many arguments' },
    { args: ['bash', '--profile', 'X'], SHELL: '', says: 'does not take --profile' },
  ])('$args with $SHELL is wrong usage: $says', async ({ args, SHELL, says }) => {
    const { code, stdout, stderr } = await runHere(['completion', ...args], { env: { SHELL } })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(says)
  })

  test('--help says where the script belongs', async () => {
    const { stdout } = await runHere(['completion', '--help'])
    expect(stdout).toMatch(/~\/\.bashrc.*~\/\.zshrc.*~\/\.config\/fish\/completions/s)
  })
})

/** With `oci-profiles` in PATH, as it is when it is installed, and the script in a file. */
function environment(shell: Shell) {
  const folder = makeFolder()
  const script = join(folder, 'script')
  writeFileSync(script, COMPLETION_SCRIPTS[shell])
  const program = join(folder, 'oci-profiles')
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`)
  chmodSync(program, 0o700)
  return {
    HOME: folder,
    SCRIPT: script,
    PWD: folder,
    PATH: `${folder}:${process.env['PATH']}`,
    OCI_CLI_CONFIG_FILE: file,
  }
}
