/** Files that are there and cannot be read: the fix suits what the file is, and whose. */
import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspectOffline } from '../../src/check/index.ts'
import type { OciProfileInput } from '../../src/schemas/index.ts'
import { makeMaterial, type Material } from './material.ts'

const isPosix = process.platform !== 'win32'
const isRoot = process.geteuid?.() === 0
const NOBODY = 65_534

let material: Material
let folder: string

beforeAll(async () => {
  material = await makeMaterial()
  folder = await mkdtemp(join(tmpdir(), 'oci-profiles-unreadable-'))
  await chmod(folder, 0o755)
  if (!isPosix) return
  await promisify(execFile)('mkfifo', [join(folder, 'pipe')])
  await symlink('loop', join(folder, 'loop'))
  await writeFile(join(folder, 'large'), 'x'.repeat(65_537))
  await writeFile(join(folder, 'locked'), material.key.privatePem, { mode: 0o000 })
  await writeFile(join(folder, "ada's key"), material.key.privatePem, { mode: 0o600 })
  await mkdir(join(folder, 'closed'), { mode: 0o700 })
  await writeFile(join(folder, 'closed', 'key'), material.key.privatePem)
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await material[Symbol.asyncDispose]()
})

/** The same rules for both: words and codes differ. */
const FIELDS = [
  ['key_file', 'KEY_FILE_UNREADABLE', 'private key'],
  ['security_token_file', 'TOKEN_FILE_UNREADABLE', 'session token'],
] as const

describe.skipIf(!isPosix).each(FIELDS)('%s', (field, code, what) => {
  async function fixOf(path: string): Promise<string> {
    const changes: Partial<OciProfileInput> = { [field]: path }
    const profile = field === 'key_file' ? material.profile(changes) : material.session(changes)
    const [found, ...more] = await inspectOffline(profile, { env: {} })
    expect(more).toEqual([])
    expect(found).toMatchObject({ code, field })
    return found!.fix.replaceAll(folder, '~')
  }

  test.each([
    ['folder', '.', `Name the ${what} itself in ${field}, not a folder.`],
    [
      'pipe',
      'pipe',
      `Name an ordinary file in ${field}: a pipe, a socket or a device is not read.`,
    ],
    ['large file', 'large', `Name the ${what} in ${field}: it takes a few KiB.`],
    [
      'link that leads to itself',
      'loop',
      `Name the ${what} itself in ${field}, or correct its symbolic links, which lead in a circle.`,
    ],
  ])('a %s', async (_what, name, fix) => {
    expect(await fixOf(join(folder, name))).toBe(fix)
  })

  test('a device', async () => {
    expect(await fixOf('/dev/null')).toContain('a pipe, a socket or a device is not read')
  })

  test.skipIf(isRoot)('a file of this user without the right', async () => {
    expect(await fixOf(join(folder, 'locked'))).toBe('Run: chmod u+r ~/locked')
  })

  describe.skipIf(!isRoot)('of root, read as somebody else', () => {
    async function fixAsNobody(name: string): Promise<string> {
      // Keys of the other field must be readable: only the file in question may be closed.
      await chmod(material.folder, 0o755)
      for (const open of ['key.pem', 'token']) await chmod(material.path(open), 0o644)
      process.seteuid!(NOBODY)
      try {
        return await fixOf(join(folder, name))
      } finally {
        process.seteuid!(0)
      }
    }

    test('a file: no chmod of this user helps', async () => {
      expect(await fixAsNobody("ada's key")).toBe(
        `Name a file of this user in ${field}, or have root hand this one over: chown ${NOBODY} '~/ada'\\''s key'`,
      )
    })

    test('a file in a folder that lets nobody in', async () => {
      expect(await fixAsNobody('closed/key')).toBe(
        `Put the ${what} where this user may read it, such as ~/.oci: it may not enter the folder ~/closed.`,
      )
    })
  })
})
