import { AsyncLocalStorage } from 'node:async_hooks'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  ProfileRegistry,
  registerOciProfile,
  startRechecks,
  type CheckOutcome,
} from '../../src/registry/index.ts'
import { createProfile, foldName } from '../../src/schemas/index.ts'
import { fails, heldChecks, WORKS } from './checks.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

interface Watched {
  registry: ProfileRegistry
  /** Names of those that were checked since this was last asked. */
  checked(): string[]
  add(name: string): void
}

function watched(names: string[], outcome: (name: string) => CheckOutcome = () => WORKS): Watched {
  const checked: string[] = []
  const registry = new ProfileRegistry({
    check: async ({ auth_profile }) => {
      checked.push(auth_profile)
      const { check, namespace } = outcome(auth_profile)
      return { check: { ...check, checked_at: new Date().toISOString() }, namespace }
    },
  })
  const add = (name: string) => registerOciProfile(registry, createProfile({ auth_profile: name }))
  for (const name of names) add(name)
  return { registry, add, checked: () => checked.splice(0) }
}

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000)

test('checks every profile once per interval, spread evenly over it', async () => {
  const { registry, checked } = watched(['a', 'b', 'c', 'd'])
  const schedule = startRechecks(registry, () => 100)
  await pass(25)
  expect(checked()).toEqual(['a'])
  await pass(75)
  expect(checked()).toEqual(['b', 'c', 'd'])
  await pass(100)
  expect(checked()).toEqual(['a', 'b', 'c', 'd'])
  schedule.stop()
})

test('never checks again while the interval is 0, and goes on when it is not', async () => {
  const { registry, checked } = watched(['a'])
  let interval = 0
  const schedule = startRechecks(registry, () => interval)
  await pass(1_000)
  expect(checked()).toEqual([])
  interval = 10
  schedule.reschedule()
  await pass(10)
  expect(checked()).toEqual(['a'])
  interval = 0
  schedule.reschedule()
  await pass(1_000)
  expect(checked()).toEqual([])
  schedule.stop()
})

test('takes up another interval at once', async () => {
  const { registry, checked } = watched(['a', 'b'])
  let interval = 1_000
  const schedule = startRechecks(registry, () => interval)
  await pass(400)
  interval = 20
  schedule.reschedule()
  await pass(20)
  expect(checked()).toEqual(['a', 'b'])
  schedule.stop()
})

test('ends with its stop', async () => {
  const { registry, checked, add } = watched(['a'])
  startRechecks(registry, () => 10).stop()
  add('b')
  await pass(100)
  expect(checked()).toEqual([])
})

test('puts whoever was checked for another reason behind the others', async () => {
  const { registry, checked } = watched(['a', 'b', 'c'])
  const schedule = startRechecks(registry, () => 30)
  await registry.check('a')
  checked()
  await pass(20)
  expect(checked()).toEqual(['b', 'c'])
  schedule.stop()
})

test('does not let a new profile wait for the pace of few', async () => {
  const { registry, checked, add } = watched([])
  const schedule = startRechecks(registry, () => 1_000)
  await pass(10)
  for (let i = 0; i < 100; i += 1) add(`p${i}`)
  await pass(1_000)
  expect(new Set(checked()).size).toBe(100)
  schedule.stop()
})

test('forgets what is removed', async () => {
  const { registry, checked } = watched(['a', 'b'])
  const schedule = startRechecks(registry, () => 10)
  registry.remove('a')
  await pass(20)
  expect(new Set(checked())).toEqual(new Set(['b']))
  schedule.stop()
})

test('checks what keeps failing less and less, but never less than every fourth time', async () => {
  const { registry, checked } = watched(['works', 'fails'], (name) =>
    name === 'works' ? WORKS : fails(),
  )
  const schedule = startRechecks(registry, () => 10)
  const perRound: string[] = []
  for (let round = 0; round < 16; round += 1) {
    await pass(10)
    perRound.push(checked().toSorted().join(' '))
  }
  expect(perRound.map((names) => names.includes('works')).every(Boolean)).toBe(true)
  const failed = perRound.flatMap((names, round) => (names.includes('fails') ? [round] : []))
  expect(failed).toEqual([0, 1, 3, 7, 11, 15])
  schedule.stop()
})

test.each<[string, (registry: ProfileRegistry) => unknown]>([
  [
    'its configuration',
    (registry) => registerOciProfile(registry, createProfile({ auth_profile: 'a' })),
  ],
  ['a file that it names', (registry) => registry.recheckStale('a')],
])('checks what kept failing at the usual pace again when %s changes', async (_what, change) => {
  const { registry, checked } = watched(['a'], () => fails())
  const schedule = startRechecks(registry, () => 10)
  await pass(200)
  await change(registry)
  checked()
  await pass(20)
  expect(checked().length).toBeGreaterThanOrEqual(1)
  schedule.stop()
})

test('checks what works again at the usual pace after all its failures', async () => {
  let outcome = fails()
  const { registry, checked } = watched(['a'], () => outcome)
  const schedule = startRechecks(registry, () => 10)
  await pass(200)
  outcome = WORKS
  await registry.check('a')
  checked()
  await pass(30)
  expect(checked()).toEqual(['a', 'a', 'a'])
  schedule.stop()
})

test.each([
  ['a day ahead', 86_400_000],
  ['a day back', -86_400_000],
])('neither storms nor stops when the clock is set %s', async (_how, jumpMs) => {
  const { registry, checked } = watched(['a', 'b', 'c', 'd'])
  await registry.checkAll()
  const schedule = startRechecks(registry, () => 40)
  await pass(20)
  checked()
  vi.setSystemTime(Date.now() + jumpMs)
  await pass(80)
  expect(checked()).toEqual(['c', 'd', 'a', 'b', 'c', 'd', 'a', 'b'])
  schedule.stop()
})

test('never has more checks waiting than may run, and leaves the rest for later', async () => {
  const { check, held } = heldChecks()
  const registry = new ProfileRegistry({ check, concurrency: () => 2 })
  for (let i = 0; i < 50; i += 1) {
    registerOciProfile(registry, createProfile({ auth_profile: `p${i}` }))
  }
  const schedule = startRechecks(registry, () => 10)
  await pass(100)
  expect(held.map(({ profile }) => profile.auth_profile)).toEqual(['p0', 'p1'])
  for (const each of held.splice(0)) each.end(WORKS)
  await pass(1)
  expect(held.map(({ profile }) => profile.auth_profile)).toEqual(['p2', 'p3'])
  schedule.stop()
})

test('takes up a higher limit while everything hangs', async () => {
  const { check, held } = heldChecks()
  let limit = 1
  const registry = new ProfileRegistry({ check, concurrency: () => limit })
  for (const name of ['a', 'b', 'c']) {
    registerOciProfile(registry, createProfile({ auth_profile: name }))
  }
  const all = registry.checkAll()
  await pass(1)
  expect(held).toHaveLength(1)
  limit = 3
  registry.adjustConcurrency()
  await pass(1)
  expect(held).toHaveLength(3)
  for (const each of held) each.end(WORKS)
  await all
  expect(registry.list().every(({ useable }) => useable)).toBe(true)
})

test('checks in the name of nobody, whoever made the profile', async () => {
  const request = new AsyncLocalStorage<string>()
  const inTheNameOf: (string | undefined)[] = []
  const registry = new ProfileRegistry({
    check: async () => {
      inTheNameOf.push(request.getStore())
      return WORKS
    },
  })
  const schedule = startRechecks(registry, () => 100)
  request.run('a request', () => {
    for (const name of ['a', 'b']) {
      registerOciProfile(registry, createProfile({ auth_profile: name }))
    }
  })
  await pass(100)
  expect(inTheNameOf).toEqual([undefined, undefined])
  schedule.stop()
})

test('keeps the pace of 10,000 profiles within a second or two', async () => {
  const names = Array.from({ length: 10_000 }, (_, i) => foldName(`p${i}`))
  const { registry, checked } = watched(names)
  const schedule = startRechecks(registry, () => 10)
  await pass(11)
  expect(new Set(checked()).size).toBe(10_000)
  schedule.stop()
})
