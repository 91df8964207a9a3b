import { expect, test } from 'vitest'
import { ProfileRegistry, registerOciProfile } from '../../src/registry/index.ts'
import { createProfile, SILENT_LOGGER } from '../../src/schemas/index.ts'
import { fails, WORKS } from './checks.ts'

function listened(outcomes = [WORKS]) {
  let number = 0
  const registry = new ProfileRegistry({
    check: async () => outcomes[Math.min(number++, outcomes.length - 1)]!,
  })
  const heard: string[] = []
  const end = registry.subscribe(({ type, record }) => {
    const { auth_profile, check } = record.profile
    heard.push(`${type} ${auth_profile} ${check?.status ?? 'unchecked'}`)
  })
  return { registry, heard, end }
}

const add = (registry: ProfileRegistry, auth_profile: string) =>
  registerOciProfile(registry, createProfile({ auth_profile }))

test.each<[string, (registry: ProfileRegistry) => unknown, string[]]>([
  ['a registration', (registry) => add(registry, 'b'), ['created b unchecked']],
  ['a replacement', (registry) => add(registry, 'A'), ['updated A unchecked']],
  ['a wait for the first check', (registry) => registry.markPending(), ['pending a pending']],
  ['a check', (registry) => registry.check('a'), ['checked a ok']],
  ['a check in the background', (registry) => registry.recheck('a'), ['checked a ok']],
  [
    'a check because of a file',
    (registry) => registry.recheckStale('a'),
    ['stale a unchecked', 'checked a ok'],
  ],
  [
    'a create',
    (registry) => registry.create({ auth_profile: 'c' }),
    ['created c unchecked', 'checked c ok'],
  ],
  [
    'an update',
    (registry) => registry.update('a', { user: 'u' }),
    ['updated a ok', 'checked a ok'],
  ],
  ['a dry run', (registry) => registry.update('a', { user: 'u' }, { dryRun: true }), []],
  ['a removal', (registry) => registry.remove('a'), ['removed a unchecked']],
])('listeners hear of %s', async (_what, act, expected) => {
  const { registry, heard } = listened()
  add(registry, 'a')
  heard.length = 0
  await act(registry)
  expect(heard).toEqual(expected)
})

test('listeners hear nothing of what is not kept', async () => {
  const { registry, heard } = listened([WORKS, fails(), fails()])
  add(registry, 'a')
  await registry.check('a')
  heard.length = 0
  await expect(registry.update('a', { user: 'u' })).rejects.toMatchObject({ saved: false })
  await expect(registry.create({ auth_profile: 'b' })).rejects.toMatchObject({ saved: false })
  expect(heard).toEqual([])
})

test('a listener that fails harms neither the others nor the change', async () => {
  const errors: unknown[] = []
  const registry = new ProfileRegistry({
    logger: { ...SILENT_LOGGER, error: (fields) => void errors.push(fields) },
  })
  const heard: string[] = []
  registry.subscribe(() => {
    throw new Error('mine')
  })
  registry.subscribe(({ type }) => void heard.push(type))
  add(registry, 'a')
  expect([heard, registry.list().length, errors.length]).toEqual([['created'], 1, 1])
})

test('nothing is heard after the end of a subscription', () => {
  const { registry, heard, end } = listened()
  end()
  add(registry, 'a')
  expect(heard).toEqual([])
})

test('the last twenty checks are remembered, the latest last, and go with their profile', async () => {
  let number = 0
  const registry = new ProfileRegistry({
    check: async () => {
      number += 1
      const { check, namespace } = number % 2 ? fails('CONNECT_TIMEOUT') : WORKS
      return { check: { ...check, duration_ms: number }, namespace }
    },
  })
  add(registry, 'a')
  for (let i = 0; i < 25; i += 1) await registry.check('a')
  const { history } = registry.record('a')
  expect(history.map(({ duration_ms }) => duration_ms)).toEqual(
    Array.from({ length: 20 }, (_, i) => i + 6),
  )
  expect(history.at(-1)).toEqual({
    status: 'failed',
    code: 'CONNECT_TIMEOUT',
    message: 'it does not',
    checked_at: '2026-01-01T00:00:00.000Z',
    duration_ms: 25,
  })
  add(registry, 'A')
  expect(registry.record('a').history).toHaveLength(20)
  registry.remove('a')
  add(registry, 'a')
  expect(registry.record('a').history).toEqual([])
})

test('the end of a session is remembered as the last check saw it', async () => {
  const ends = [new Date('2030-01-01T00:00:00Z'), null]
  const registry = new ProfileRegistry({
    check: async () => ({ ...WORKS, tokenExpiresAt: ends.shift() }),
  })
  add(registry, 'a')
  expect(registry.record('a').tokenExpiresAt).toBeNull()
  await registry.check('a')
  expect(registry.record('a').tokenExpiresAt).toBe('2030-01-01T00:00:00.000Z')
  await registry.check('a')
  expect(registry.record('a').tokenExpiresAt).toBeNull()
})
