/** How other tools read the section of a profile: what is told of each, and what becomes a finding. */
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseOciConfigFile } from '../../src/config/index.ts'
import { diagnose, type Diagnosis } from '../../src/diagnosis/index.ts'
import { openDialectFile } from '../../src/diagnosis/dialects/index.ts'
import { createProfile, EDITABLE_FIELDS, type Provenance } from '../../src/schemas/index.ts'
import { makeToken, makeMaterial, PASS_PHRASE, type Material } from '../check/material.ts'

let folder = ''
let material: Material
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oci-profiles-dialects-'))
  material = await makeMaterial()
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await material[Symbol.asyncDispose]()
})

const TOOLS = ['go_sdk', 'typescript_sdk', 'java_sdk', 'python_sdk', 'oci_cli_session']

/** Five good lines, of which any may be replaced or, by `null`, left out. */
function fields(changes: Record<string, string | null> = {}): string {
  const { user, tenancy, region, fingerprint, key_file } = material.profile()
  const lines = { user, fingerprint, tenancy, region, key_file, ...changes }
  return Object.entries(lines)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('')
}

const session = (changes: Record<string, string | null> = {}) =>
  fields({ user: null, security_token_file: material.path('token'), ...changes })

async function load(text: string, env: NodeJS.ProcessEnv = {}, path = join(folder, 'config')) {
  await writeFile(path, text)
  return parseOciConfigFile({ configFile: path, env })
}

async function diagnoseSection(text: string, name = 'P', env: NodeJS.ProcessEnv = {}) {
  const { loaded } = await load(text, env)
  const found = loaded.find(({ profile }) => profile.auth_profile === name)
  return diagnose(found!, { env })
}

/** `go_sdk differs region:3`, for each tool that does not read it alike. */
function dialectsOf({ dialects }: Diagnosis): string[] {
  return dialects
    .filter(({ reads }) => reads !== 'alike')
    .map(({ tool, reads, differences }) => {
      const places = differences.map(({ field, line }) => ` ${field}:${line}`)
      return `${tool} ${reads}${places.join('')}`
    })
}

function tellingsOf({ findings }: Diagnosis): string[] {
  return findings
    .filter(({ code }) => code === 'DIALECT')
    .map(({ severity, message }) => `${severity}: ${message}`)
}

describe('a healthy profile', () => {
  test('with an API key is read alike by all tools, and nothing is said', async () => {
    const diagnosis = await diagnoseSection(`# mine\n[P]\n${fields()}\n[Q]\n${fields()}`)
    expect(diagnosis.dialects).toEqual(
      TOOLS.map((tool) => ({ tool, reads: 'alike', differences: [] })),
    )
    expect(diagnosis.findings).toEqual([])
  })

  test.each(['\r\n', '\n'])('may have lines that end with %j', async (newline) => {
    const text = `[P]\n${fields()}`.replaceAll('\n', newline)
    expect(dialectsOf(await diagnoseSection(text))).toEqual([])
  })

  test('with a session has one hint: the switches of the tools that must be told', async () => {
    const diagnosis = await diagnoseSection(`[DEFAULT]\n${fields()}[P]\n${session()}`)
    expect(diagnosis.findings).toEqual([
      {
        code: 'DIALECT',
        severity: 'info',
        field: 'security_token_file',
        line: 12,
        message:
          'The TypeScript SDK, the Java SDK, the Python SDK and the OCI CLI take [P] for an API key unless they are told that it is a session',
        fix: 'TypeScript SDK: SessionAuthDetailProvider; Java SDK: SessionTokenAuthenticationDetailsProvider; OCI CLI: --auth security_token; Python SDK: SecurityTokenSigner',
      },
    ])
  })

  test.each([
    ['instance_principal', 'OCI CLI: --auth instance_principal'],
    ['resource_principal', 'OCI CLI: --auth resource_principal'],
    ['oke_workload_identity', 'OCI CLI: --auth oke_workload_identity'],
  ])('with %s has one hint', async (type, fix) => {
    const { findings } = await diagnoseSection(`[P]\nauthentication=${type}\nregion=fra\n`)
    const hints = findings.filter(({ message }) => message.includes('look for an API key'))
    expect(hints).toMatchObject([
      {
        severity: 'info',
        message: `All other tools look for an API key in [P] unless they are told of ${type}`,
      },
    ])
    expect(hints[0]?.fix).toContain(fix)
  })
})

describe('a value', () => {
  type Case = [what: string, text: () => string, tools: string[], telling: RegExp | null]

  test.each<Case>([
    [
      'that is inherited',
      () => `[DEFAULT]\nregion=eu-frankfurt-1\n[P]\n${fields({ region: null })}`,
      ['go_sdk differs region:2'],
      /^warning: The Go SDK drops region: it does not inherit from DEFAULT \(line 2\)$/,
    ],
    [
      'with a second "="',
      () => `[P]\n${fields({ key_file: '/a=b' })}`,
      ['go_sdk differs key_file:6'],
      /^warning: The Go SDK cuts key_file short at the "=" in the value \(line 6\)$/,
    ],
    [
      'with a key in upper case',
      () => `[P]\n${fields({ user: null, User: material.profile().user })}`,
      ['typescript_sdk differs user:6', 'java_sdk differs user:6'],
      /^warning: The TypeScript SDK and the Java SDK do not see user: they take keys in lower case only \(line 6\)$/,
    ],
    [
      'behind a colon',
      () => `[P]\n${fields({ user: null })}user: ${material.profile().user}\n`,
      ['go_sdk differs user:6', 'typescript_sdk refuses null:6', 'java_sdk refuses null:6'],
      /^warning: The Go SDK does not see user: it takes no ":" in place of "=" \(line 6\)$/m,
    ],
    [
      'in a second section of that name, which is told already',
      () => `[P]\n${fields({ user: null })}[P]\nuser=${material.profile().user}\n`,
      ['go_sdk differs user:7', 'python_sdk refuses null:6', 'oci_cli_session refuses null:6'],
      null,
    ],
    [
      'that goes on over several lines',
      () => `[P]\n${fields()}region=a\n  b=c\n`.replace('region=eu-frankfurt-1\n', ''),
      ['go_sdk differs region:6', 'typescript_sdk differs region:6', 'java_sdk differs region:6'],
      /^warning: The Go SDK, the TypeScript SDK and the Java SDK read only the first line of region \(line 6\)$/,
    ],
    [
      'that another tool finds below an indented header',
      () => `[P]\n${fields()} [Q]\n user=x\n`.replace(/\n(?=\w)/g, '\n '),
      ['go_sdk differs user:8'],
      /^warning: The Go SDK takes user from line 8$/,
    ],
    [
      'that Python writes as passphrase only for Go',
      () =>
        `[P]\n${fields({ key_file: material.path('encrypted.pem') })}passphrase=${PASS_PHRASE}\n`,
      ['go_sdk differs pass_phrase:7'],
      null,
    ],
    [
      'in upper case where Python wants lower case, which is told already',
      () => `[P]\n${fields({ fingerprint: material.key.fingerprint.toUpperCase() })}`,
      ['python_sdk differs fingerprint:3'],
      null,
    ],
    [
      'that is a short code',
      () => `[P]\n${fields({ region: 'fra' })}`,
      ['typescript_sdk differs region:5'],
      /^warning: The TypeScript SDK does not know a region by its short code \(line 5\)$/,
    ],
  ])('%s', async (_, text, tools, telling) => {
    const diagnosis = await diagnoseSection(text())
    expect(dialectsOf(diagnosis)).toEqual(tools)
    const told = tellingsOf(diagnosis).filter((each) => !each.includes('the whole file'))
    if (telling === null) expect(told).toEqual([])
    else expect(told.join('\n')).toMatch(telling)
  })

  test('that is inherited is told once, with all its lines', async () => {
    const { findings } = await diagnoseSection(`[DEFAULT]\n${fields()}[P]\nregion=eu-frankfurt-1\n`)
    const told = findings.filter(({ code }) => code === 'DIALECT')
    expect(told).toEqual([
      {
        code: 'DIALECT',
        severity: 'warning',
        field: null,
        line: null,
        message:
          'The Go SDK drops user, tenancy, fingerprint and key_file: it does not inherit from DEFAULT (lines 2, 3, 4 and 6)',
        fix: 'Repeat user, tenancy, fingerprint and key_file in [P].',
      },
    ])
  })

  test.each([
    ['encrypted.pem', ['go_sdk differs pass_phrase:2']],
    ['key.pem', []],
  ])('pass_phrase is missed where the key is encrypted: %s', async (key, tools) => {
    const text = `[DEFAULT]\npass_phrase=${PASS_PHRASE}\n[P]\n${fields({ key_file: material.path(key) })}`
    expect(dialectsOf(await diagnoseSection(text))).toEqual(tools)
  })

  test('of DEFAULT itself is not inherited', async () => {
    const text = `[DEFAULT]\n${fields({ region: null })}region: eu-frankfurt-1\n`
    const told = tellingsOf(await diagnoseSection(text, 'DEFAULT'))
    expect(told[0]).toMatch(/^warning: The Go SDK does not see region: it takes no ":"/)
  })

  test('of the environment is not looked for in the file, nor is a key that it replaces', async () => {
    const inFile = `[DEFAULT]\n${fields({ key_file: null, key_content: 'x' })}`
    const env = { OCI_CLI_KEY_FILE: material.path('key.pem') }
    expect(dialectsOf(await diagnoseSection(inFile, 'DEFAULT', env))).toEqual([
      'python_sdk refuses key_content:6',
      'oci_cli_session refuses key_content:6',
    ])
  })

  test('of the environment is not looked for in the file', async () => {
    const text = `[DEFAULT]\n${fields({ key_file: '/a=b' })}`
    const env = { OCI_CLI_KEY_FILE: material.path('key.pem') }
    expect(dialectsOf(await diagnoseSection(text, 'DEFAULT', env))).toEqual([])
  })
})

describe('a file or a section that a tool refuses', () => {
  test.each<[what: string, text: () => string, tools: string[], fix: string | null]>([
    [
      'because of a comment that starts with ";"',
      () => `[P]\n${fields()}; mine\n`,
      ['typescript_sdk refuses null:7', 'java_sdk refuses null:7'],
      'Start the comment on line 7 with # in place of ;',
    ],
    [
      'because of a stray line in another section',
      () => `[P]\n${fields()}[Q]\nbare\n`,
      [
        'typescript_sdk refuses null:8',
        'java_sdk refuses null:8',
        'python_sdk refuses null:8',
        'oci_cli_session refuses null:8',
      ],
      'Write line 8 as key=value, or put # in front of it.',
    ],
    [
      'because of a stray line of its own, which is told already',
      () => `[P]\n${fields()}bare\n`,
      [
        'typescript_sdk refuses null:7',
        'java_sdk refuses null:7',
        'python_sdk refuses null:7',
        'oci_cli_session refuses null:7',
      ],
      null,
    ],
    [
      'because of a byte order mark',
      () => `\ufeff# c\n[P]\n${fields()}`,
      ['java_sdk refuses null:1', 'python_sdk refuses null:1', 'oci_cli_session refuses null:1'],
      'Save the file as UTF-8 without BOM.',
    ],
    [
      'because of a comment behind a header',
      () => `[P]\n${fields()}[Q] # c\n`,
      ['typescript_sdk refuses null:7', 'java_sdk refuses null:7'],
      'Put what stands behind the header on line 7 on a line of its own, with # in front.',
    ],
    [
      'because it stands behind white space',
      () => `#\n [P]\n${fields()}`,
      ['go_sdk refuses null:2'],
      'Write the header [P] on line 2 without white space or anything else before, in or behind it.',
    ],
    [
      'because of key_content beside key_file',
      () => `[P]\n${fields()}key_content=x\n`,
      ['python_sdk refuses key_content:7', 'oci_cli_session refuses key_content:7'],
      'Remove key_content (line 7); put the key into a file of its own and name that in key_file.',
    ],
    [
      'because of an empty log_requests',
      () => `[P]\n${fields()}log_requests=\n`,
      ['python_sdk refuses log_requests:7', 'oci_cli_session refuses log_requests:7'],
      'Write log_requests = false, or remove line 7.',
    ],
    [
      'because of a log_requests that is told already',
      () => `[P]\n${fields()}log_requests=maybe\n`,
      ['python_sdk refuses log_requests:7', 'oci_cli_session refuses log_requests:7'],
      null,
    ],
  ])('%s', async (_, text, tools, fix) => {
    const diagnosis = await diagnoseSection(text())
    expect(dialectsOf(diagnosis)).toEqual(tools)
    const told = diagnosis.findings.filter(({ code }) => code === 'DIALECT')
    expect(told.map((finding) => finding.fix)).toEqual(fix === null ? [] : [fix])
  })

  test('is told with all its lines, by reason, and with what else those tools see otherwise', async () => {
    const { user, region } = material.profile()
    const lines = fields({ user: null, region: null })
    const text = `[P]\n${lines}; one\nUser=${user}\n; two\nregion: ${region}\n[Q] # c\n;three\n`
    const diagnosis = await diagnoseSection(text)
    const javaAndTs = 'warning: The TypeScript SDK and the Java SDK'
    expect(tellingsOf(diagnosis)).toEqual([
      'warning: The Go SDK does not see region: it takes no ":" in place of "=" (line 8)',
      `${javaAndTs} refuse the whole file at lines 5, 7 and 10: a comment that starts with ";"`,
      `${javaAndTs} refuse the whole file at line 8: a ":" in place of "="`,
      `${javaAndTs} refuse the whole file at line 9: text behind a section header`,
      `${javaAndTs} do not see user: they take keys in lower case only (line 6)`,
    ])
  })

  test('at many lines is told with the first five and a count', async () => {
    const { findings } = await diagnoseSection(`[P]\n${fields()}${'; c\n'.repeat(5000)}`)
    expect(findings.filter(({ code }) => code === 'DIALECT')).toMatchObject([
      {
        line: 7,
        message: expect.stringContaining(' at lines 7, 8, 9, 10, 11 and 4995 more: '),
        fix: 'Start the comment on lines 7, 8, 9, 10, 11 and 4995 more with # in place of ;',
      },
    ])
  })

  test.each([
    ['[]', 'Give the section on line 8 a name, put # in front, or remove it.'],
    ['= value', 'Write a key in front of the = on line 8, or remove the line.'],
  ])('at a line %s has one remedy for it', async (line, fix) => {
    const { findings } = await diagnoseSection(`[P]\n${fields()}[Q]\n${line}\n`)
    const told = findings.filter(({ code }) => code === 'DIALECT')
    expect(told.map((finding) => finding.fix)).toEqual([fix])
  })

  test('has lines that end with CR alone, which is said by all to whom that matters', async () => {
    const fix = String.raw`Save the file with line ends of LF; what does it: tr '\r' '\n' < FILE > NEW`
    const tellings = [
      [
        '[P]',
        'does not see user, tenancy, region, fingerprint and key_file (lines 2, 3, 4, 5 and 6)',
      ],
      ['[P]', 'does not see [P] (line 1)', `[Q]\n${fields()}`],
    ]
    for (const [header, go, more = ''] of tellings) {
      const text = `${header}\n${fields()}${more}`.replaceAll('\n', '\r')
      const { findings } = await diagnoseSection(text)
      const told = findings.filter(({ code }) => code === 'DIALECT')
      expect(told.map((finding) => [finding.message, finding.fix])).toEqual([
        [`The Go SDK ${go}: it takes no CR alone for the end of a line`, fix],
        [
          'The TypeScript SDK refuses the whole file at line 1: an end of a line that is CR alone',
          fix,
        ],
      ])
    }
  })

  test('is one finding for all tools that refuse it', async () => {
    const diagnosis = await diagnoseSection(`[P]\n${fields()}[Q]\nbare\n`)
    expect(tellingsOf(diagnosis)).toEqual([
      'warning: The TypeScript SDK, the Java SDK, the Python SDK and the OCI CLI refuse the whole file at line 8: a line that is no key=value',
    ])
  })

  test('has its key in the file, where nobody else looks for it', async () => {
    const text = `[P]\n${fields({ key_file: null, key_content: 'canary' })}`
    const diagnosis = await diagnoseSection(text)
    expect(tellingsOf(diagnosis)).toEqual([
      'warning: All other tools take no key from key_content (line 6)',
    ])
    expect(JSON.stringify(diagnosis)).not.toContain('canary')
  })

  test('has a white-space name that only some take as it is', async () => {
    const diagnosis = await diagnoseSection(`[ P ]\n${fields()}`, ' P ')
    expect(dialectsOf(diagnosis)).toEqual([
      'typescript_sdk refuses null:1',
      'java_sdk refuses null:1',
    ])
  })
})

describe('a section for DEFAULT in another case', () => {
  test.each(['default', 'Default'])('is not what others take for it: [%s]', async (name) => {
    const diagnosis = await diagnoseSection(`[${name}]\n${fields()}[P]\n${fields()}`, name)
    expect(tellingsOf(diagnosis)).toEqual([
      `warning: All other tools do not take [${name}] for DEFAULT (line 1): they take names of sections to the letter`,
    ])
    expect(diagnosis.dialects.every(({ reads }) => reads === 'differs')).toBe(true)
    expect(diagnosis.findings.at(-1)?.fix).toBe(
      `Write [DEFAULT] in place of [${name}] on line 1; other sections then inherit from it.`,
    )
  })

  test('is one beside others where there is a DEFAULT', async () => {
    const text = `[DEFAULT]\n${fields()}[default]\n${fields()}`
    expect(tellingsOf(await diagnoseSection(text, 'default')).join()).not.toContain('for DEFAULT')
  })
})

describe('an identity', () => {
  test.each<[what: string, text: () => string, telling: string, fix: string]>([
    [
      'of a session with a user',
      () => `[P]\n${session({ user: material.profile().user })}`,
      'The Go SDK signs with [P] as an API key, since it finds user (line 2)',
      'Remove user (line 2): a session needs none.',
    ],
    [
      'of an API key beside a session of DEFAULT',
      () => `[DEFAULT]\nsecurity_token_file=${material.path('token')}\n[P]\n${fields()}`,
      'The TypeScript SDK signs without user, because of security_token_file (line 2)',
      'Write "security_token_file =" with nothing behind it in [P]: an API key needs none.',
    ],
    [
      'of a type that others do not have',
      () => `[P]\n${fields()}authentication_type=api_key\n`,
      'The TypeScript SDK, the Python SDK and the OCI CLI know no such authentication_type (line 7)',
      'Write authentication in place of authentication_type on line 7: only oci-profiles reads that.',
    ],
    [
      'of an API key below an instance',
      () =>
        `[DEFAULT]\nauthentication_type=instance_principal\n[P]\n${fields()}authentication=api_key\n`,
      'The TypeScript SDK and the Java SDK sign as instance_principal, because of authentication_type (line 2)',
      'Remove authentication_type (line 2), or move it to the section that it is for.',
    ],
    [
      'of an instance that acts for a user',
      () => `[P]\n${fields()}authentication_type=instance_principal\ndelegation_token_file=/t\n`,
      'All other tools sign for the user of delegation_token_file (line 8)',
      'Nothing to do: oci-profiles itself signs as the instance.',
    ],
  ])('%s', async (_, text, telling, fix) => {
    const { findings } = await diagnoseSection(text())
    const told = findings.filter(({ code }) => code === 'DIALECT')
    const field = telling.includes('authentication_type') ? 'authentication' : null
    expect(told.map((finding) => finding.message)).toContain(telling)
    if (field) expect(told).toContainEqual(expect.objectContaining({ message: telling, field }))
    expect(told.find(({ message }) => message === telling)?.fix).toBe(fix)
  })
})

describe('the session commands of the OCI CLI', () => {
  const tellings = async (text: string) =>
    tellingsOf(await diagnoseSection(text)).filter((each) => each.includes('session commands'))

  test('stop at a "%" of any value, with its line and not its text', async () => {
    const text = `[DEFAULT]\ncanary-key=canary-%\n[P]\n${session({ pass_phrase: '50%canary' })}`
    expect(await tellings(text)).toEqual([
      'warning: The session commands of the OCI CLI stop at the "%" in pass_phrase (lines 2 and 9) when they export the session',
    ])
    expect(JSON.stringify(await diagnoseSection(text))).not.toContain('canary')
  })

  test('change what they take for a reference', async () => {
    expect(await tellings(`[P]\n${session({ pass_phrase: 'a%%b' })}`)).toEqual([
      'warning: The session commands of the OCI CLI change the "%" in pass_phrase (line 7) when they export the session',
    ])
  })

  test('refuse a second DEFAULT', async () => {
    const text = `[DEFAULT]\nregion=a\n[DEFAULT]\ntenancy=b\n[P]\n${session()}`
    expect(await tellings(text)).toEqual([
      'warning: The session commands of the OCI CLI refuse the whole file at line 3, a second [DEFAULT], when they begin or end a session',
    ])
  })

  test('do not touch an API key', async () => {
    expect(await tellings(`[P]\n${fields({ pass_phrase: '50%' })}`)).toEqual([])
  })
})

test('white space around a token is part of it for some, and the fix takes it away', async () => {
  const path = material.path('padded.token')
  await writeFile(path, `${makeToken({ exp: Date.now() / 1000 + 3600 })}\n`)
  const { findings } = await diagnoseSection(`[P]\n${session({ security_token_file: path })}`)
  const told = findings.find(({ message }) => message.includes('white space'))
  expect(told).toMatchObject({
    severity: 'warning',
    field: 'security_token_file',
    line: 6,
    message: `The Go SDK and the TypeScript SDK take the white space around the token in ${path} for a part of it`,
    fix: `Run: (umask 077; tr -d '[:space:]' < ${path} > ${path}.new) && mv ${path}.new ${path}`,
  })
})

test('a byte order mark before a token is named, and the fix takes it away', async () => {
  const path = material.path('marked.token')
  const token = makeToken({ exp: Date.now() / 1000 + 3600 })
  await writeFile(path, `\ufeff${token}\n`)
  const text = `[P]\n${session({ security_token_file: path })}`
  const { findings } = await diagnoseSection(text)
  const told = findings.find(({ message }) => message.includes('token in'))
  expect(told?.message).toBe(
    `The Go SDK and the TypeScript SDK take the byte order mark before the token in ${path} for a part of it`,
  )
  execFileSync('sh', ['-c', told!.fix.replace(/^Run: /, '')])
  expect(await readFile(path, 'utf8')).toBe(token)
  expect(tellingsOf(await diagnoseSection(text)).join()).not.toContain('token in')
})

test('a key file that others do not read is told by what is strange, each with its command', async () => {
  const path = material.path('strange.pem')
  await writeFile(path, `mine\n${material.key.privatePem.replace(/\n(?=-----END)/, '\n\n')}`, {
    mode: 0o600,
  })
  const diagnosis = await diagnoseSection(`[P]\n${fields({ key_file: path })}`)
  expect(dialectsOf(diagnosis)).toEqual([
    'typescript_sdk differs key_file:6',
    'python_sdk differs key_file:6',
  ])
  expect(diagnosis.findings).toMatchObject([
    {
      code: 'DIALECT',
      field: 'key_file',
      line: 6,
      message:
        'The TypeScript SDK does not read the key file, which has text before its BEGIN line',
      fix: String.raw`Run: (umask 077; sed -n '/BEGIN .*PRIVATE KEY/,/END .*PRIVATE KEY/{s/^.*-----BEGIN/-----BEGIN/;s/\(-----END [A-Z ]*-----\).*/\1/;p;}' ${path} > ${path}.new) && mv ${path}.new ${path}`,
    },
    {
      message:
        'The Python SDK and the OCI CLI do not read the key file, which has an empty line within the key',
    },
  ])
})

test('a name is told in part where it is long, and on one line', async () => {
  const name = 'n'.repeat(5000)
  const { findings } = await diagnoseSection(`[${name}]\nauthentication=resource_principal\n`, name)
  const told = findings.find(({ code }) => code === 'DIALECT')
  expect(told?.message).toContain(` in [${'n'.repeat(128)}…] unless`)
})

describe('there are no dialects', () => {
  const loadOne = async (text = `[P]\n${fields()}`) => (await load(text)).loaded[0]!

  test('for a profile of the API or of the environment', async () => {
    const provenance = Object.fromEntries(
      EDITABLE_FIELDS.map((field) => [field, { source: 'api', file: null, line: null }]),
    ) as Provenance
    const profile = createProfile({ auth_profile: 'P' })
    const { dialects } = await diagnose({ profile, provenance, findings: [] }, { env: {} })
    expect(dialects).toEqual([])
    const env = { OCI_CLI_USER: 'u' }
    const { loaded } = await parseOciConfigFile({ configFile: join(folder, 'none'), env })
    expect((await diagnose(loaded[0]!, { env })).dialects).toEqual([])
  })

  test('for a profile that was changed over the API', async () => {
    const loaded = await loadOne()
    loaded.provenance.region = { source: 'api', file: null, line: null }
    expect((await diagnose(loaded, { env: {} })).dialects).toEqual([])
  })

  test.each<[string, (path: string) => Promise<void>]>([
    ['is gone', (path) => rename(path, `${path}.old`)],
    [
      'is a folder now',
      async (path) => {
        await rename(path, `${path}.old`)
        await mkdir(path)
      },
    ],
    ['has another section in its place', (path) => writeFile(path, '[Q]\nuser=x\n')],
    ['has it on another line', (path) => writeFile(path, `\n[P]\n${fields()}`)],
    ['has another value', (path) => writeFile(path, `[P]\n${fields({ region: 'x' })}`)],
    ['has a value on another line', (path) => writeFile(path, `[P]\n# c\n${fields()}`)],
  ])('for a file that %s', async (_, change) => {
    const path = join(folder, 'changing')
    await rm(path, { recursive: true, force: true })
    const { loaded } = await load(`[P]\n${fields()}`, {}, path)
    expect((await diagnose(loaded[0]!, { env: {} })).dialects).toHaveLength(5)
    await change(path)
    const { dialects, findings } = await diagnose(loaded[0]!, { env: {} })
    expect({ dialects, findings }).toEqual({ dialects: [], findings: [] })
    await rm(path, { recursive: true, force: true })
  })
})

test('a file is read once for all its profiles, and again when it changes', async () => {
  const path = join(folder, 'kept')
  await writeFile(path, `[P]\n${fields()}`)
  const first = await openDialectFile(path)
  expect(first).not.toBeNull()
  expect(await openDialectFile(path)).toBe(first)
  await utimes(path, 1, 1)
  expect(await openDialectFile(path)).not.toBe(first)
  expect(await openDialectFile(join(folder, 'none'))).toBeNull()
})
