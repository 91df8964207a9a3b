import { describe, expect, test } from 'vitest'
import {
  ProfileNotUseableError,
  ProfileRegistry,
  registerOciProfile,
  type RunCheck,
} from '../../src/registry/index.ts'
import { createProfile, type OciProfileInput } from '../../src/schemas/index.ts'
import { fails, heldChecks, WORKS } from './checks.ts'

const works = async () => WORKS
const doesNot = async () => fails()

function registryWith(
  names: string[],
  check: RunCheck = works,
  fields: Partial<OciProfileInput> = {},
) {
  const registry = new ProfileRegistry({ check })
  for (const auth_profile of names) {
    registerOciProfile(registry, createProfile({ auth_profile, ...fields }))
  }
  return registry
}

const names = (registry: ProfileRegistry) => registry.list().map((profile) => profile.auth_profile)

describe('the registry', () => {
  test('lists profiles in the order of their registration', () => {
    expect(names(registryWith(['b', 'a', 'C']))).toEqual(['b', 'a', 'C'])
  })

  test('replaces a profile of the same name in any case, in its place, with the new spelling', () => {
    const registry = registryWith(['one', 'two', 'ONE'])
    expect(names(registry)).toEqual(['ONE', 'two'])
  })

  test.each([
    ['prod', 'PROD'],
    ['Straße', 'STRASSE'],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['İstanbul', 'i̇stanbul'],
  ])('finds %j when asked for %j', (kept, asked) => {
    expect(registryWith([kept]).get(asked)?.auth_profile).toBe(kept)
  })

  test('does not take the dotless i for an i', () => {
    expect(registryWith(['ı']).get('i')).toBeUndefined()
  })

  test('says which name it does not know', () => {
    expect(() => registryWith([]).record('nobody')).toThrow('There is no profile "nobody"')
  })

  test('gives the same list until something changes', async () => {
    const registry = registryWith(['a'])
    const before = registry.records()
    expect(registry.records()).toBe(before)
    await registry.check('a')
    expect(registry.records()).not.toBe(before)
    expect(before[0]?.profile.useable).toBe(false)
  })
})

describe('create', () => {
  test('registers a profile whose check succeeds, with its namespace', async () => {
    const registry = registryWith([])
    const { profile } = await registry.create({ auth_profile: 'new', user: 'u' })
    expect(profile).toMatchObject({ useable: true, namespace: 'ns', origin: { kind: 'api' } })
    expect(registry.get('NEW')).toBe(profile)
  })

  test('leaves nothing behind when the check fails', async () => {
    const registry = registryWith([], doesNot)
    const attempt = registry.create({ auth_profile: 'new' })
    await expect(attempt).rejects.toMatchObject({ code: 'PROFILE_NOT_USEABLE', saved: false })
    await expect(attempt).rejects.toBeInstanceOf(ProfileNotUseableError)
    expect(names(registry)).toEqual([])
  })

  test('keeps a profile that does not work when it is told to, with the reason', async () => {
    const registry = registryWith([], doesNot)
    const { profile } = await registry.create({ auth_profile: 'new' }, { keepUnusable: true })
    expect(profile).toMatchObject({ useable: false, check: { code: 'NOT_AUTHENTICATED' } })
  })

  test('refuses a taken name in any case before any check', async () => {
    let checks = 0
    const registry = registryWith(['Taken'], async () => {
      checks += 1
      return WORKS
    })
    await expect(registry.create({ auth_profile: 'TAKEN' })).rejects.toMatchObject({
      code: 'PROFILE_EXISTS',
    })
    expect(checks).toBe(0)
  })

  test('lets one of twenty creates of one name through, and refuses nineteen at once', async () => {
    const { check, next } = heldChecks()
    const registry = new ProfileRegistry({ check })
    const attempts = Array.from({ length: 20 }, (_, i) =>
      registry.create({ auth_profile: i % 2 ? 'same' : 'SAME' }),
    )
    const settled = Promise.allSettled(attempts)
    ;(await next()).end(WORKS)
    const results = await settled
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const reasons = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason.code] : [],
    )
    expect(reasons).toEqual(Array.from({ length: 19 }, () => 'PROFILE_EXISTS'))
  })

  test('frees the name again when its check fails', async () => {
    const outcomes = [fails(), WORKS]
    const registry = new ProfileRegistry({ check: async () => outcomes.shift()! })
    await expect(registry.create({ auth_profile: 'a' })).rejects.toThrow('does not work')
    await expect(registry.create({ auth_profile: 'a' })).resolves.toBeTruthy()
  })

  test('creates nothing for a caller who has gone, whatever was asked', async () => {
    const { check } = heldChecks()
    const registry = new ProfileRegistry({ check })
    const gone = new AbortController()
    const attempt = registry.create(
      { auth_profile: 'a' },
      { keepUnusable: true, signal: gone.signal },
    )
    gone.abort()
    await expect(attempt).rejects.toMatchObject({ code: 'PROFILE_NOT_USEABLE' })
    expect(names(registry)).toEqual([])
  })
})

describe('update', () => {
  test('changes only the fields that are sent', async () => {
    const registry = registryWith(['a'], works, { user: 'u', region: 'r' })
    const { profile, provenance } = await registry.update('a', { region: 'other' })
    expect(profile).toMatchObject({ user: 'u', region: 'other', useable: true })
    expect(provenance.region.source).toBe('api')
  })

  test.each([[null], ['']])('clears a field that is sent as %j', async (empty) => {
    const registry = registryWith(['a'], works, { user: 'u', authentication: 'security_token' })
    const { profile } = await registry.update('a', { user: empty, authentication: empty })
    expect(profile).toMatchObject({ user: null, authentication: 'api_key' })
  })

  test.each([
    ['key_content', { key_file: '/k', key_content: null }, { key_content: 'PEM' }],
    ['key_file', { key_file: null, key_content: 'PEM' }, { key_file: '/k' }],
  ])('that sets %s clears the other key', async (_what, before, patch) => {
    const registry = registryWith(['a'], works, before)
    const { profile } = await registry.update('a', patch)
    expect([profile.key_file, profile.key_content?.reveal() ?? null]).toEqual(
      'key_file' in patch ? ['/k', null] : [null, 'PEM'],
    )
  })

  test('refuses both keys at once', async () => {
    const attempt = registryWith(['a']).update('a', { key_file: '/k', key_content: 'PEM' })
    await expect(attempt).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
  })

  test('that fails leaves a useable profile as it was', async () => {
    const outcomes = [WORKS, fails()]
    const registry = registryWith(['a'], async () => outcomes.shift()!, { region: 'old' })
    await registry.check('a')
    const before = registry.record('a')
    await expect(registry.update('a', { region: 'new' })).rejects.toMatchObject({ saved: false })
    expect(registry.record('a')).toBe(before)
  })

  test('that fails is kept when the profile did not work before', async () => {
    const registry = registryWith(['a'], doesNot, { region: 'old' })
    await registry.check('a')
    await expect(registry.update('a', { region: 'new' })).rejects.toMatchObject({ saved: true })
    expect(registry.get('a')).toMatchObject({ region: 'new', useable: false })
  })

  test('waits for the first check of the old values before it overwrites them', async () => {
    const { check, next } = heldChecks()
    const registry = registryWith(['a'], check, { region: 'old' })
    registry.markPending()
    const loading = registry.checkAll()
    const first = await next()
    const attempt = registry.update('a', { region: 'new' })
    const second = await next()
    second.end(fails())
    first.end(WORKS)
    await expect(attempt).rejects.toMatchObject({ saved: false })
    await loading
    expect(registry.get('a')).toMatchObject({ region: 'old', useable: true })
  })

  test('as a dry run waits for no check but its own', async () => {
    const { check, next } = heldChecks()
    const registry = registryWith(['a'], check, { region: 'old' })
    registry.markPending()
    const loading = registry.checkAll()
    const first = await next()
    const attempt = registry.update('a', { region: 'new' }, { dryRun: true })
    const second = await next()
    second.end(fails())
    await expect(attempt).rejects.toMatchObject({ saved: false })
    first.end(WORKS)
    await loading
  })

  test.each([
    ['succeeds', WORKS],
    ['fails', fails()],
  ])('as a dry run stores nothing when it %s', async (_how, outcome) => {
    const registry = registryWith(['a'], async () => outcome, { region: 'old' })
    const before = registry.record('a')
    await registry.update('a', { region: 'new' }, { dryRun: true }).catch(() => {})
    expect(registry.record('a')).toBe(before)
  })

  test('runs one after the other for one profile, each on the result of the one before', async () => {
    const { check, next, held } = heldChecks()
    const registry = registryWith(['a'], check)
    const first = registry.update('a', { region: 'one' })
    const second = registry.update('a', { user: 'two' })
    const started = await next()
    expect(held).toHaveLength(0)
    started.end(WORKS)
    await first
    ;(await next()).end(WORKS)
    expect((await second).profile).toMatchObject({ region: 'one', user: 'two' })
  })

  test('does not wait for a hanging change of another profile', async () => {
    const { check, next } = heldChecks()
    const registry = registryWith(['a', 'b'], check)
    const hanging = registry.update('a', { region: 'one' })
    await next()
    const quick = registry.update('b', { region: 'two' })
    ;(await next()).end(WORKS)
    expect((await quick).profile.region).toBe('two')
    expect(registry.get('a')?.region).toBeNull()
    registry.remove('a')
    await expect(hanging).rejects.toMatchObject({ code: 'PROFILE_NOT_FOUND' })
  })

  test('goes on after a change that failed', async () => {
    const outcomes = [fails(), WORKS]
    const registry = registryWith(['a'], async () => outcomes.shift()!)
    const results = await Promise.allSettled([
      registry.update('a', { region: 'one' }),
      registry.update('a', { region: 'two' }),
    ])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  })
})

describe('remove', () => {
  test('wins against a check that is under way', async () => {
    const { check, next } = heldChecks()
    const registry = registryWith(['a'], check)
    const checking = registry.check('a')
    const held = await next()
    registry.remove('a')
    held.end(WORKS)
    await expect(checking).rejects.toMatchObject({ code: 'PROFILE_NOT_FOUND' })
    expect(names(registry)).toEqual([])
  })

  test('of an unknown profile says so', () => {
    expect(() => registryWith([]).remove('a')).toThrow('There is no profile "a"')
  })

  test('is refused by a condition that does not hold', () => {
    const registry = registryWith(['a'])
    const refuse = () => {
      throw new Error('other version')
    }
    expect(() => registry.remove('a', refuse)).toThrow('other version')
    expect(names(registry)).toEqual(['a'])
  })
})

describe('check', () => {
  test('remembers its result', async () => {
    const registry = registryWith(['a'])
    await registry.check('a')
    expect(registry.get('a')).toMatchObject({
      useable: true,
      namespace: 'ns',
      check: { status: 'ok' },
    })
  })

  test('keeps the namespace of the last success when it fails', async () => {
    const outcomes = [WORKS, fails()]
    const registry = registryWith(['a'], async () => outcomes.shift()!)
    await registry.check('a')
    await registry.check('a')
    expect(registry.get('a')).toMatchObject({ useable: false, namespace: 'ns' })
  })

  test('of an older configuration does not speak for the new one', async () => {
    const { check, next } = heldChecks()
    const registry = registryWith(['a'], check)
    const old = registry.check('a')
    const oldHeld = await next()
    const update = registry.update('a', { region: 'new' })
    ;(await next()).end(WORKS)
    await update
    oldHeld.end(fails())
    await old
    expect(registry.get('a')).toMatchObject({ useable: true, region: 'new' })
  })

  test('that started later is not overwritten by an earlier one that ends after it', async () => {
    const { check, next } = heldChecks()
    const registry = registryWith(['a'], check)
    const [early, late] = [registry.check('a'), registry.check('a')]
    const [first, second] = [await next(), await next()]
    second.end(WORKS)
    await late
    first.end(fails())
    await early
    expect(registry.get('a')?.useable).toBe(true)
  })

  test('of all profiles runs at most so many at once, and all of them', async () => {
    let running = 0
    let most = 0
    const check = async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 1))
      running -= 1
      return WORKS
    }
    const registry = new ProfileRegistry({ check, concurrency: () => 4 })
    const many = Array.from({ length: 40 }, (_, i) => `p${i}`)
    for (const name of many) registerOciProfile(registry, createProfile({ auth_profile: name }))
    registry.markPending()
    expect(registry.get('p7')?.check?.status).toBe('pending')
    await registry.checkAll()
    expect(most).toBe(4)
    expect(registry.list().every(({ useable }) => useable)).toBe(true)
  })

  test('never lets a change disturb a record that a reader holds', async () => {
    const registry = registryWith(['a'])
    const held = registry.record('a')
    await registry.update('a', { region: 'new' })
    expect(held.profile.region).toBeNull()
    expect(Object.isFrozen(held.profile)).toBe(true)
  })
})
