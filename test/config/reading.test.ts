import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { parseOciConfigFile } from '../../src/config/index.ts'
import { OciProfilesError } from '../../src/errors.ts'
import { codesOf, findingOf, useConfigFolder } from './config-file.ts'

const folder = useConfigFolder()

describe('a file that is not there', () => {
  test('gives no profiles, and one line that says where it was looked for', async () => {
    const configFile = folder.path('nowhere')
    const parsed = await parseOciConfigFile({ configFile, env: {} })
    expect(parsed).toMatchObject({ file: configFile, exists: false, profiles: [], loaded: [] })
    expect(parsed.diagnostics).toHaveLength(1)
    expect(parsed.diagnostics[0]).toMatchObject({ code: 'CONFIG_FILE_NOT_FOUND', severity: 'info' })
    expect(parsed.diagnostics[0]!.message).toBe(
      `There is no config file at ${configFile} (named by --config-file)`,
    )
  })

  test.each([
    ['OCI_CLI_CONFIG_FILE', 'named by OCI_CLI_CONFIG_FILE'],
    ['OCI_CONFIG_FILE', 'named by OCI_CONFIG_FILE'],
    ['HOME', 'the default place'],
  ])('is said to be looked for because of %s', async (variable, reason) => {
    const { diagnostics } = await parseOciConfigFile({
      env: { [variable]: folder.path('nowhere') },
    })
    expect(findingOf(diagnostics, 'CONFIG_FILE_NOT_FOUND').message).toContain(`(${reason})`)
  })

  test.each([1, 500])('may be the text of one, %i sections: that is not shown', async (count) => {
    const env = { OCI_CLI_CONFIG_FILE: '[DEV]\npass_phrase=canary-phrase\n'.repeat(count) }
    const told = await parseOciConfigFile({ env }).then(
      ({ diagnostics }) => diagnostics[0]!.message,
      (fault: unknown) => (fault as OciProfilesError).message,
    )
    expect(told).toContain('[DEV]…')
    expect(told).not.toContain('canary')
  })

  test('may lie below something that is no folder', async () => {
    await writeFile(folder.path('plain'), '')
    const { exists } = await parseOciConfigFile({
      configFile: folder.path('plain/config'),
      env: {},
    })
    expect(exists).toBe(false)
  })

  test('leaves the profile that the environment defines', async () => {
    const env = { OCI_CLI_AUTH: 'instance_principal' }
    const parsed = await parseOciConfigFile({ configFile: folder.path('nowhere'), env })
    expect(parsed.exists).toBe(false)
    expect(parsed.profiles).toHaveLength(1)
    expect(parsed.profiles[0]!.origin).toEqual({ kind: 'environment' })
  })
})

describe('a file that cannot be read', () => {
  async function refusal(configFile: string): Promise<OciProfilesError> {
    const error = await parseOciConfigFile({ configFile, env: {} }).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(OciProfilesError)
    return error as OciProfilesError
  }

  test('since it is a folder', async () => {
    await mkdir(folder.path('folder'))
    const { code, message, fix } = await refusal(folder.path('folder'))
    expect({ code, message, fix }).toEqual({
      code: 'CONFIG_FILE_UNREADABLE',
      message: `${folder.path('folder')} cannot be read: it is a folder`,
      fix: 'Name a file, not a folder.',
    })
  })

  test('since it is a link to itself', async () => {
    await symlink(folder.path('loop'), folder.path('loop'))
    const { code, message } = await refusal(folder.path('loop'))
    expect(code).toBe('CONFIG_FILE_UNREADABLE')
    expect(message).toContain('its symbolic links go in a circle')
  })

  test('since its name is impossible', async () => {
    const { code, message } = await refusal('a\x00b')
    expect(code).toBe('CONFIG_FILE_UNREADABLE')
    expect(message).toContain('a\\u{0}b cannot be read')
  })

  test.skipIf(process.getuid?.() === 0)(
    'since this user may not (not for root, who may)',
    async () => {
      await writeFile(folder.path('closed'), '')
      await chmod(folder.path('closed'), 0)
      const { code, message } = await refusal(folder.path('closed'))
      expect(code).toBe('CONFIG_FILE_UNREADABLE')
      expect(message).toContain('this user may not read it')
    },
  )
})

describe('a file that is not UTF-8', () => {
  const latin1 = Buffer.from(
    '# Schl\xfcssel\r[A]\r\nuser=a\n[B]\nuser=\xfc\n[C]\nuser=c\n',
    'latin1',
  )

  test('is read all the same, each line at fault reported with its number', async () => {
    const { profiles, diagnostics } = await folder.parse(latin1)
    expect(profiles.map(({ user }) => user)).toEqual(['a', '\ufffd', 'c'])
    expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([
      ['NOT_UTF8', 1],
      ['NOT_UTF8', 5],
    ])
  })

  test('has the fault with the profile that it lies in', async () => {
    const { loaded } = await folder.parse(latin1)
    expect(loaded.map(({ findings }) => codesOf(findings))).toEqual([[], ['NOT_UTF8'], []])
  })

  test.each([
    ['little-endian', Buffer.from('\ufeff[A]\r\nuser=ä\r\n', 'utf16le')],
    ['big-endian', Buffer.from('\ufeff[A]\r\nuser=ä\r\n', 'utf16le').swap16()],
  ])('but UTF-16, %s, is read and reported', async (_, bytes) => {
    const { profiles, diagnostics } = await folder.parse(bytes)
    expect(profiles.map(({ auth_profile, user }) => [auth_profile, user])).toEqual([['A', 'ä']])
    expect(codesOf(diagnostics)).toEqual(['NOT_UTF8'])
  })
})

test('a section may hold any number of faults', async () => {
  const { loaded } = await folder.parse(`[A]\n${'stray\n'.repeat(300_000)}user=a\n`)
  expect(loaded[0]!.profile.user).toBe('a')
  expect(loaded[0]!.findings).toHaveLength(300_000)
})

test('parseOciConfigFile takes a path alone', async () => {
  await writeFile(folder.path('alone'), '[A]\nuser=a\n')
  const { file, profiles } = await parseOciConfigFile(folder.path('alone'))
  expect(file).toBe(folder.path('alone'))
  expect(profiles.some(({ auth_profile }) => auth_profile === 'A')).toBe(true)
})

describe('tens of thousands of profiles are read in proportion to the file', () => {
  const own = (i: number) =>
    `[profile-${i}]\nuser=u${i}\nfingerprint=f\nkey_file=~/k${i}\ntenancy=t\nregion=r\n`
  const SHAPES: [what: string, text: (i: number) => string][] = [
    ['each with its own keys', own],
    ['each inheriting', (i) => `[profile-${i}]\nregion=r\n`],
    ['each with unknown keys', (i) => `[profile-${i}]\nkey${i}=a\nregionx${i}=b\n`],
    ['each with a fault', (i) => `[profile-${i}]\nstray\nuser=a\nuser=b\n`],
    [
      'all of one name but for case',
      (i) => `[${i.toString(2).padStart(15, '0').replaceAll('0', 'a').replaceAll('1', 'A')}]\n`,
    ],
  ]

  async function secondsFor(count: number, section: (i: number) => string): Promise<number> {
    const sections = Array.from({ length: count }, (_, i) => section(i)).join('\n')
    const start = performance.now()
    const parsed = await folder.parse(`[DEFAULT]\ntenancy=t\n${sections}`)
    const elapsed = performance.now() - start
    expect(parsed.profiles).toHaveLength(count + 1)
    expect(parsed.profiles.at(-1)!.tenancy).toBe('t')
    return elapsed / 1000
  }

  // Eight times the file takes some eight times the time; up to 64 times, where the time grows with the square.
  test.each(SHAPES)('%s', async (_, section) => {
    let [small, large] = [Infinity, Infinity]
    for (let attempt = 0; attempt < 3 && !(large / small < 20); attempt++) {
      small = Math.min(small, await secondsFor(4_000, section))
      large = Math.min(large, await secondsFor(32_000, section))
    }
    expect(large / small).toBeLessThan(20)
  })
})
