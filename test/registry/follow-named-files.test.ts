import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  followNamedFiles,
  ProfileRegistry,
  registerOciProfile,
  type NamedFilesOptions,
} from '../../src/registry/index.ts'
import { createProfile, type OciProfileInput } from '../../src/schemas/index.ts'
import { WORKS } from './checks.ts'

let folder: string
let watches: { close(): void }[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oci-profiles-named-'))
  watches = []
})
afterEach(async () => {
  for (const watch of watches) watch.close()
  await rm(folder, { recursive: true })
})

const at = (name: string) => join(folder, name)

/** Answers the names of those that were checked, in the order of the checks. */
async function follow(
  profiles: OciProfileInput[],
  options: Partial<NamedFilesOptions> = {},
): Promise<{ registry: ProfileRegistry; checked: string[] }> {
  // What was written just now may have been written after it was read.
  await pause(100)
  const checked: string[] = []
  const registry = new ProfileRegistry({
    check: async (profile) => {
      checked.push(profile.auth_profile)
      const checked_at = new Date().toISOString()
      return { ...WORKS, check: { ...WORKS.check, checked_at } }
    },
  })
  for (const profile of profiles) registerOciProfile(registry, createProfile(profile))
  await registry.checkAll()
  checked.length = 0
  watches.push(followNamedFiles({ registry, pollMs: 200, ...options }))
  await pause(500)
  return { registry, checked }
}

const TOKEN = 'security_token'

test('checks again, once, exactly those whose key or token has changed', async () => {
  for (const name of ['shared', 'other', 'token']) await writeFile(at(name), 'old')
  const { checked } = await follow([
    { auth_profile: 'one', key_file: at('shared') },
    { auth_profile: 'two', key_file: at('shared') },
    { auth_profile: 'three', key_file: at('other') },
    {
      auth_profile: 'session',
      authentication: TOKEN,
      key_file: at('shared'),
      security_token_file: at('token'),
    },
    { auth_profile: 'unused', key_file: at('other'), security_token_file: at('token') },
    { auth_profile: 'machine', authentication: 'instance_principal', key_file: at('token') },
  ])
  await writeFile(at('token'), 'new')
  await expect.poll(() => checked, { timeout: 10_000 }).toEqual(['session'])
  await writeFile(at('shared.new'), 'new')
  await rename(at('shared.new'), at('shared'))
  await expect
    .poll(() => checked, { timeout: 10_000 })
    .toEqual(['session', 'one', 'two', 'session'])
  await rm(at('other'))
  await expect.poll(() => checked.slice(4), { timeout: 10_000 }).toEqual(['three', 'unused'])
})

test('checks a profile once when its key and its token are written together', async () => {
  await writeFile(at('key'), 'old')
  await writeFile(at('token'), 'old')
  const files = { key_file: at('key'), security_token_file: at('token') }
  const { checked } = await follow([{ auth_profile: 'session', authentication: TOKEN, ...files }])
  await Promise.all([writeFile(at('key'), 'new'), writeFile(at('token'), 'new')])
  await expect.poll(() => checked.length, { timeout: 10_000 }).toBeGreaterThan(0)
  await pause(600)
  // Two, where the disk took its time between the files.
  expect(checked.length).toBeLessThanOrEqual(2)
})

test('finds a key that comes after its profile, in a folder that comes after it', async () => {
  const { checked, registry } = await follow([])
  const key_file = at('later/key')
  await registry.create({ auth_profile: 'early', key_file })
  checked.length = 0
  await mkdir(at('later'))
  await writeFile(key_file, 'new')
  await expect.poll(() => checked, { timeout: 10_000 }).toEqual(['early'])
})

test('does not check again what was checked after its key was written', async () => {
  const { checked, registry } = await follow([])
  await writeFile(at('key'), 'new')
  await pause(100)
  await registry.create({ auth_profile: 'fresh', key_file: at('key') })
  await pause(1_000)
  expect(checked).toEqual(['fresh'])
})

test('watches the files of principals', async () => {
  await writeFile(at('rpst'), 'old')
  const { checked } = await follow(
    [
      { auth_profile: 'resource', authentication: 'resource_principal' },
      { auth_profile: 'machine', authentication: 'instance_principal' },
    ],
    { principalFiles: (type) => (type === 'resource_principal' ? [at('rpst')] : []) },
  )
  await writeFile(at('rpst'), 'new')
  await expect.poll(() => checked, { timeout: 10_000 }).toEqual(['resource'])
})

test('neither changes the profile nor its revision', async () => {
  await writeFile(at('key'), 'old')
  const { registry, checked } = await follow([{ auth_profile: 'a', key_file: at('key') }])
  const before = registry.record('a').revision
  await writeFile(at('key'), 'new')
  await expect.poll(() => checked, { timeout: 10_000 }).toEqual(['a'])
  await expect.poll(() => registry.record('a').history.length).toBe(2)
  expect(registry.record('a').revision).toBe(before)
})
