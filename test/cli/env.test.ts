/** `env`: profiles as variables, read back by the shells and parsers that they are for. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testOcid } from '../fixtures/identities.ts'
import { section, writeConfig } from './config-files.ts'
import { makeFolder, runHere, runProgram, type Terminal } from './program.ts'
import { isHere, runScript } from './shells.ts'

const PEM = '-----BEGIN PRIVATE KEY-----\nMIIE\nAb+/=\n-----END PRIVATE KEY-----\n'

/** Values that a shell would take apart, expand, run or obey. */
const HOSTILE = [
  `it's "quoted" and \`ticked\``,
  `$(touch pwned) \`touch pwned\` \${HOME} $HOME %PATH%`,
  'back\\slash \\n \\\\ \\',
  '!history !! !$',
  '# not a comment; & | < > * ? [a-z] {a,b} ~',
  ' blanks around \t',
  PEM,
  '\n\n',
  'two\nlines',
  '-n',
  '=',
  'snow ☃, Straße, 名前, 👩‍👩‍👧',
  'quotes of PowerShell: ‘ ’ ‚ ‛ “ ”',
  'bell \u0007 escape \u001b[31m delete \u007f c1 \u009b31m',
  'turned \u202etxet\u202c, mark \ufeff, separators \u2028\u2029, tag \u{e0041}',
  'carriage\rreturn\r\n',
  "'",
  '"',
  '`',
  '\\',
  "\\'",
]

interface Variables {
  [name: string]: string | null
}

/** DEFAULT with a pass phrase from the environment, in that format. */
function printPassPhrase(passPhrase: string, format: string) {
  return runHere(['env', '--format', format, '--include-sensitive'], {
    env: { OCI_CLI_CONFIG_FILE: writeConfig(section('DEFAULT')), OCI_CLI_PASSPHRASE: passPhrase },
  })
}

async function printVariables(args: readonly string[], place?: Terminal): Promise<Variables> {
  const { code, stdout } = await runHere(['env', ...args, '--format', 'json'], place)
  expect(code).toBe(0)
  return JSON.parse(stdout)
}

/** The environment after the variables were set and unset in it. */
function apply(env: Record<string, string>, variables: Variables): Record<string, string> {
  const after = Object.entries({ ...env, ...variables }).filter(([, value]) => value !== null)
  return Object.fromEntries(after) as Record<string, string>
}

describe('what a shell reads', () => {
  const POSIX = 'eval "$1"; printf %s "$OCI_CLI_PASSPHRASE"'
  const SHELLS = [
    { shell: 'sh', format: 'sh', script: POSIX },
    { shell: 'bash', format: 'sh', script: POSIX },
    { shell: 'dash', format: 'sh', script: POSIX },
    { shell: 'zsh', format: 'sh', script: POSIX },
    {
      shell: 'fish',
      format: 'fish',
      script: 'printf %s $argv[1] | source; printf %s "$OCI_CLI_PASSPHRASE"',
    },
    {
      shell: 'pwsh',
      format: 'powershell',
      script:
        '$input | Out-Null; Invoke-Expression $env:LINES_; [Console]::Out.Write($Env:OCI_CLI_PASSPHRASE)',
    },
  ]
  for (const { shell, format, script } of SHELLS) {
    describe.skipIf(!isHere(shell))(`in ${shell}`, () => {
      test.each(HOSTILE)('%j', async (value) => {
        const { stdout } = await printPassPhrase(value, format)
        expect(runScript(shell, script, { args: [stdout], env: { LINES_: stdout } })).toBe(value)
      })

      test('whatever the value is', async () => {
        const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 })
        const values = fc
          .sample(text, { numRuns: 60, seed: 7 })
          .filter((value) => value.isWellFormed() && !value.includes('\0'))
        expect(values.length).toBeGreaterThan(30)
        for (const value of values) {
          const { stdout } = await printPassPhrase(value, format)
          const read = runScript(shell, script, { args: [stdout], env: { LINES_: stdout } })
          expect(read).toBe(value)
        }
      })
    })
  }

  test.each(['sh', 'fish', 'powershell'])(
    'as %s is nothing that a terminal obeys',
    async (format) => {
      for (const value of HOSTILE) {
        const { stdout } = await printPassPhrase(value, format)
        // oxlint-disable-next-line no-control-regex
        expect(stdout).not.toMatch(/[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u202e\u2028\ufeff]/)
      }
    },
  )

  const BY_RULE = [
    { format: 'fish', value: `a'b\\c`, line: `set -gx OCI_CLI_PASSPHRASE 'a\\'b\\\\c'` },
    { format: 'fish', value: 'a\n\u001b', line: `set -gx OCI_CLI_PASSPHRASE 'a'\\n\\x1b` },
    { format: 'fish', value: '\u{e0041}', line: `set -gx OCI_CLI_PASSPHRASE \\U000e0041` },
    { format: 'powershell', value: `a'b$c\``, line: `$Env:OCI_CLI_PASSPHRASE = 'a''b$c\`'` },
    { format: 'powershell', value: '‘x‛', line: `$Env:OCI_CLI_PASSPHRASE = '‘‘x‛‛'` },
    {
      format: 'powershell',
      value: 'a\nb\u{e0041}',
      line: `$Env:OCI_CLI_PASSPHRASE = 'a' + [char]10 + 'b' + [char]::ConvertFromUtf32(917569) + ''`,
    },
  ]
  test.each(BY_RULE)('$format writes $value on one line', async ({ format, value, line }) => {
    const { stdout } = await printPassPhrase(value, format)
    expect(stdout.split('\n')).toContain(line)
  })
})

describe('what a .env file holds', () => {
  /** As Node reads it. */
  function load(text: string): Record<string, string> {
    const file = join(makeFolder(), '.env')
    writeFileSync(file, text)
    const program = `process.loadEnvFile(${JSON.stringify(file)}); console.log(JSON.stringify(process.env))`
    const env = { NODE_OPTIONS: '' }
    return JSON.parse(execFileSync(process.execPath, ['-e', program], { env, encoding: 'utf8' }))
  }

  const WRITABLE = HOSTILE.filter((value) => !value.includes('\r'))
  test.each(WRITABLE)('%j', async (value) => {
    const { stdout } = await printPassPhrase(value, 'dotenv')
    expect(load(stdout)).toMatchObject({
      OCI_CLI_PASSPHRASE: value,
      OCI_CLI_PROFILE: 'DEFAULT',
      OCI_REGION: 'eu-frankfurt-1',
    })
  })

  test('is bare where it can be, for readers that know no quotes', async () => {
    const { stdout } = await printPassPhrase('harmless', 'dotenv')
    expect(stdout).not.toMatch(/['"`]/)
  })

  test.each(['carriage\rreturn', `' " \` #`, `' " \`\n`])(
    '%j is refused, with the name of the variable and not its value',
    async (value) => {
      const { code, stdout, stderr } = await printPassPhrase(value, 'dotenv')
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/^error: VALUE_INVALID: A \.env file cannot hold OCI_CLI_PASSPHRASE/)
      expect(stderr).not.toContain(value)
    },
  )

  test('is shown on a terminal without what the terminal would obey', async () => {
    const env = {
      OCI_CLI_CONFIG_FILE: writeConfig(section('DEFAULT')),
      OCI_CLI_PASSPHRASE: '\u001b[31m',
    }
    const args = ['env', '--format', 'dotenv', '--include-sensitive']
    const { stdout } = await runHere(args, { env, columns: 80 })
    expect(stdout).toContain("OCI_CLI_PASSPHRASE='\\x1b[31m'\n")
  })
})

test('a NUL character fits into no variable', async () => {
  const file = writeConfig(section('A', { pass_phrase: 'hunter\0two' }))
  const args = ['env', 'A', '--include-sensitive', '--config-file', file]
  const { code, stdout, stderr } = await runHere(args)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain('VALUE_INVALID: The value for OCI_CLI_PASSPHRASE holds a NUL character')
  expect(stderr).not.toContain('hunter')
})

const TWO = () =>
  writeConfig(
    [
      section('DEFAULT', { pass_phrase: 'of-default', genai_region: 'us-chicago-1' }),
      section('PROD', {
        region: 'us-ashburn-1',
        key_file: '/keys/prod.pem',
        pass_phrase: 'hunter2',
      }),
    ].join('\n'),
  )

describe('without --include-sensitive', () => {
  test('the profile is named, with its file, and nothing of it is told', async () => {
    const file = TWO()
    const { code, stdout, stderr } = await runHere(['env', 'prod', '--config-file', file])
    expect(code).toBe(0)
    expect(stdout).toBe(
      [
        'unset OCI_CLI_AUTH OCI_CLI_USER OCI_CLI_TENANCY OCI_CLI_REGION OCI_CLI_FINGERPRINT OCI_CLI_KEY_FILE OCI_CLI_KEY_CONTENT OCI_CLI_PASSPHRASE OCI_CLI_SECURITY_TOKEN_FILE',
        `export OCI_CLI_CONFIG_FILE='${file}'`,
        "export OCI_CLI_PROFILE='PROD'",
        `export OCI_CONFIG_FILE='${file}'`,
        "export OCI_CONFIG_PROFILE='PROD'",
        "export OCI_REGION='us-ashburn-1'",
        '',
      ].join('\n'),
    )
    expect(stderr).toBe(
      `Left out: user, tenancy, region, fingerprint, key_file, pass_phrase. Tools read them from [PROD] in ${file}. --include-sensitive prints them, too.\n`,
    )
  })

  test('this program then means that profile, and sees no other one changed', async () => {
    const env = { OCI_CLI_CONFIG_FILE: TWO() }
    const after = apply(env, await printVariables(['PROD'], { env }))
    const list = (place: Record<string, string>) =>
      runHere(['list', '--include-sensitive', '--output', 'json'], { env: place })
    expect(await list(after)).toEqual(await list(env))
    const shown = await runHere(['show', '--output', 'json'], { env: after })
    expect(JSON.parse(shown.stdout)).toMatchObject({ auth_profile: 'PROD', region: 'us-ashburn-1' })
  })

  test('what the environment gives to the profile stays there, secrets unsaid', async () => {
    const env = {
      OCI_CLI_CONFIG_FILE: TWO(),
      OCI_CLI_REGION: 'uk-london-1',
      OCI_CLI_KEY_CONTENT: PEM,
      OCI_CLI_PASSPHRASE: 'from-the-environment',
    }
    const { stdout, stderr } = await runHere(['env', 'DEFAULT'], { env })
    expect(stdout).toContain("export OCI_CLI_REGION='uk-london-1'\n")
    expect(stdout.split('\n')[0]?.split(' ')).not.toContain('OCI_CLI_KEY_CONTENT')
    expect(stdout + stderr).not.toMatch(/PRIVATE KEY|from-the-environment/)
    expect(stderr).toContain('OCI_CLI_KEY_CONTENT, OCI_CLI_PASSPHRASE')
    const after = apply(env, await printVariables(['DEFAULT'], { env }))
    const show = (place: Record<string, string>) =>
      runHere(['show', 'DEFAULT', '--include-sensitive', '--output', 'json'], { env: place })
    expect(await show(after)).toEqual(await show(env))
  })

  test('a session is named with its type, which the OCI CLI reads from no file', async () => {
    const file = writeConfig(section('S', { security_token_file: '/t' }))
    expect(await printVariables(['S', '--config-file', file])).toMatchObject({
      OCI_CLI_PROFILE: 'S',
      OCI_CLI_AUTH: 'security_token',
      OCI_CLI_SECURITY_TOKEN_FILE: null,
    })
  })

  test('a file with key_content is told to be none for the OCI CLI', async () => {
    const file = writeConfig('[K]\nuser=u\nkey_content=hunter2\n')
    const { stderr } = await runHere(['env', 'K', '--config-file', file])
    expect(stderr).toMatch(/^The OCI CLI .* refuse a config file with key_content: .+$/m)
    expect(stderr).not.toContain('hunter2')
  })
})

describe('with --include-sensitive', () => {
  test('a profile is told as a whole: this program reads it as DEFAULT then', async () => {
    const env = { OCI_CLI_CONFIG_FILE: TWO() }
    const variables = await printVariables(['PROD', '--include-sensitive'], { env })
    expect(variables).toMatchObject({ OCI_CLI_PASSPHRASE: 'hunter2', OCI_CLI_KEY_CONTENT: null })
    const { stdout } = await runHere(['list', '--include-sensitive', '--output', 'json'], {
      env: apply(env, variables),
    })
    const [first, second] = JSON.parse(stdout)
    const { auth_profile, origin, genai_region, ...identity } = second
    expect(first).toMatchObject(identity)
    expect([auth_profile, origin.kind, genai_region]).toEqual(['PROD', 'file', 'us-chicago-1'])
  })

  test('nothing is left of a profile that was chosen before', async () => {
    const file = writeConfig(
      [
        section('SESSION', { security_token_file: '/t', pass_phrase: 'hunter2' }),
        section('KEY', { key_file: '/k' }),
        '[PLAIN]\nauthentication=instance_principal\n',
      ].join('\n'),
    )
    const lines = async (name: string, ...more: string[]) =>
      (await runHere(['env', name, '--config-file', file, ...more])).stdout
    const chosen = [
      await lines('SESSION', '--include-sensitive'),
      await lines('KEY', '--include-sensitive'),
      await lines('PLAIN'),
    ]
    const script = 'for text; do eval "$text"; done; env | grep ^OCI_ | sort'
    const namesAfter = (count: number) =>
      runScript('sh', script, { args: chosen.slice(0, count) })
        .trimEnd()
        .split('\n')
        .map((line) => line.split('=')[0])
    expect(namesAfter(1)).toContain('OCI_CLI_SECURITY_TOKEN_FILE')
    expect(namesAfter(2)).toContain('OCI_CLI_KEY_FILE')
    expect(namesAfter(2)).not.toContain('OCI_CLI_SECURITY_TOKEN_FILE')
    expect(namesAfter(2)).not.toContain('OCI_CLI_PASSPHRASE')
    expect(namesAfter(3)).toEqual([
      'OCI_CLI_AUTH',
      'OCI_CLI_CONFIG_FILE',
      'OCI_CLI_PROFILE',
      'OCI_CONFIG_FILE',
      'OCI_CONFIG_PROFILE',
    ])
  })

  test('DEFAULT can be chosen again: what is there of another profile is no part of it', async () => {
    const env = { OCI_CLI_CONFIG_FILE: TWO() }
    const prod = apply(env, await printVariables(['PROD', '--include-sensitive'], { env }))
    const again = await printVariables(['DEFAULT', '--include-sensitive'], { env: prod })
    expect(again).toEqual(await printVariables(['DEFAULT', '--include-sensitive'], { env }))
    const byName = apply(prod, await printVariables(['DEFAULT'], { env: prod }))
    expect(byName).toEqual(apply(env, await printVariables(['DEFAULT'], { env })))
  })

  test('what the type of authentication does not use stays in the file', async () => {
    const file = writeConfig(
      [
        section('DEFAULT', { security_token_file: '/t', pass_phrase: 'hunter2' }),
        '[KEY]\nauthentication=api_key\nkey_file=/k\n',
        '[PLACE]\nauthentication=oke_workload_identity\n',
      ].join('\n'),
    )
    const args = ['--include-sensitive', '--config-file', file]
    expect(await printVariables(['KEY', ...args])).toMatchObject({
      OCI_CLI_KEY_FILE: '/k',
      OCI_CLI_SECURITY_TOKEN_FILE: null,
    })
    expect(await printVariables(['PLACE', ...args])).toMatchObject({
      OCI_CLI_AUTH: 'oke_workload_identity',
      OCI_CLI_REGION: 'eu-frankfurt-1',
      OCI_CLI_USER: null,
      OCI_CLI_PASSPHRASE: null,
      OCI_CLI_KEY_FILE: null,
    })
  })
})

test.each(['instance_principal', 'resource_principal', 'oke_workload_identity'])(
  '%s has nothing to hide: it is told as a whole, without a note',
  async (authentication) => {
    const file = writeConfig(`[P]\nauthentication=${authentication}\nregion=eu-frankfurt-1\n`)
    const { stdout, stderr } = await runHere(['env', 'P', '--config-file', file])
    expect(stdout).toContain(`export OCI_CLI_AUTH='${authentication}'\n`)
    expect(stdout).toContain("export OCI_CLI_REGION='eu-frankfurt-1'\n")
    expect(stderr).toBe('')
  },
)

test('relative paths are made absolute, ~ is expanded', async () => {
  const cwd = makeFolder()
  const home = makeFolder()
  const text = section('A', { key_file: 'keys/a.pem', security_token_file: '~/token' })
  writeFileSync(join(cwd, 'conf'), `${text}authentication=security_token\n`)
  // As a process: the file is read from its working directory.
  const args = ['env', 'A', '--config-file', 'conf', '--include-sensitive', '--format', 'json']
  const { stdout } = await runProgram(args, { cwd, env: { HOME: home } })
  expect(JSON.parse(stdout)).toMatchObject({
    OCI_CLI_CONFIG_FILE: join(cwd, 'conf'),
    OCI_CONFIG_FILE: join(cwd, 'conf'),
    OCI_CLI_KEY_FILE: join(cwd, 'keys/a.pem'),
    OCI_CLI_SECURITY_TOKEN_FILE: join(home, 'token'),
  })
})

test('a profile of the environment alone names no file that is not there', async () => {
  const env = { OCI_CLI_AUTH: 'instance_principal', OCI_CLI_REGION: 'fra' }
  expect(await printVariables([], { env })).toMatchObject({
    OCI_CLI_CONFIG_FILE: null,
    OCI_CLI_PROFILE: 'DEFAULT',
    OCI_CLI_AUTH: 'instance_principal',
    OCI_CLI_REGION: 'fra',
  })
})

describe('--format terraform', () => {
  const homeWith = (text: string) => {
    const home = makeFolder()
    mkdirSync(join(home, '.oci'))
    writeFileSync(join(home, '.oci/config'), text)
    return home
  }
  /** Of the provider and of the backend. */
  const both = (lines: Record<string, string>) =>
    Object.entries(lines).flatMap(([name, value]) => [
      `export TF_VAR_${name}='${value}'`,
      `export OCI_${name}='${value}'`,
    ])
  const fields = {
    tenancy_ocid: testOcid('tenancy', 'test'),
    user_ocid: testOcid('user', 'PROD'),
    region: 'eu-frankfurt-1',
  }

  test('names a profile of ~/.oci/config', async () => {
    const env = { HOME: homeWith(section('PROD')) }
    const { code, stdout, stderr } = await runHere(['env', 'PROD', '--format', 'terraform'], {
      env,
    })
    expect(code).toBe(0)
    const [unset, ...lines] = stdout.trimEnd().split('\n')
    expect(lines.toSorted()).toEqual(
      both({ auth: 'ApiKey', config_file_profile: 'PROD', ...fields }).toSorted(),
    )
    expect(unset?.split(' ')).toEqual([
      'unset',
      'TF_VAR_fingerprint',
      'OCI_fingerprint',
      'TF_VAR_private_key',
      'OCI_private_key',
      'TF_VAR_private_key_path',
      'OCI_private_key_path',
      'TF_VAR_private_key_password',
      'OCI_private_key_password',
    ])
    expect(stderr).toBe(
      'Left out: fingerprint, key_file. Terraform reads them from [PROD] in ~/.oci/config. --include-sensitive prints them, too.\n',
    )
  })

  test('tells the whole profile, which needs no file', async () => {
    const file = writeConfig(section('PROD', { pass_phrase: 'hunter2' }))
    const args = ['env', 'PROD', '--format', 'terraform', '--include-sensitive']
    const { stdout, stderr } = await runHere([...args, '--config-file', file])
    const [unset, ...lines] = stdout.trimEnd().split('\n')
    expect(unset).toContain(' TF_VAR_config_file_profile ')
    expect(lines.toSorted()).toEqual(
      both({
        auth: 'ApiKey',
        ...fields,
        fingerprint: '20:3b:97:13:55:1c:5b:0d:d3:37:d8:50:4e:c5:3a:34',
        private_key_path: '/nonexistent/key.pem',
        private_key_password: 'hunter2',
      }).toSorted(),
    )
    expect(stderr).toBe('')
  })

  const TYPES = [
    { authentication: 'security_token', auth: 'SecurityToken' },
    { authentication: 'instance_principal', auth: 'InstancePrincipal' },
    { authentication: 'resource_principal', auth: 'ResourcePrincipal' },
    { authentication: 'oke_workload_identity', auth: 'OKEWorkloadIdentity' },
  ]
  test.each(TYPES)('knows $authentication as $auth', async ({ authentication, auth }) => {
    const env = { HOME: homeWith(section('PROD', { authentication })) }
    const { stdout } = await runHere(['env', 'PROD', '--format', 'terraform'], { env })
    expect(stdout).toContain(`export TF_VAR_auth='${auth}'\n`)
    expect(stdout).not.toContain('export TF_VAR_user_ocid')
    expect(stdout.includes("export TF_VAR_config_file_profile='PROD'")).toBe(
      authentication === 'security_token',
    )
  })

  test.each([
    { authentication: 'api_key', remedy: '--include-sensitive' },
    { authentication: 'security_token', remedy: 'Copy the section there' },
  ])(
    'says that $authentication of another file is not found',
    async ({ authentication, remedy }) => {
      const file = writeConfig(section('PROD', { authentication }))
      const args = ['env', 'PROD', '--format', 'terraform', '--config-file', file]
      const { stderr } = await runHere(args)
      expect(stderr).toContain('Terraform looks for [PROD] in ~/.oci/config only.')
      expect(stderr).toContain(remedy)
    },
  )
})

describe('a profile', () => {
  test('that is not there is exit code 1', async () => {
    const { code, stdout, stderr } = await runHere(['env', 'PORD', '--config-file', TWO()])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(
      'PROFILE_NOT_FOUND: There is no profile "PORD"\nfix: Did you mean "PROD"?',
    )
  })

  test('of an unknown type is exit code 1', async () => {
    const file = writeConfig(section('A', { authentication: 'apikey' }))
    const { code, stdout, stderr } = await runHere(['env', 'A', '--config-file', file])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^error: AUTHENTICATION_UNKNOWN: /)
  })

  test('is the default one where none is named, as in show', async () => {
    const env = { OCI_CLI_CONFIG_FILE: TWO(), OCI_CLI_PROFILE: 'prod' }
    expect(await printVariables([], { env })).toMatchObject({ OCI_CLI_PROFILE: 'PROD' })
    expect(await printVariables(['--profile', 'default'], { env })).toMatchObject({
      OCI_CLI_PROFILE: 'DEFAULT',
    })
  })
})

test.each([
  ['--output', 'json'],
  ['--format', 'csh'],
])('env %s %s is wrong usage', async (...option) => {
  const { code, stdout } = await runHere(['env', ...option])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
})
