import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ProfileRegistry, registerOciProfile, startRechecks } from '../../src/registry/index.ts'
import { createProfile } from '../../src/schemas/index.ts'
import { WORKS } from './checks.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watched(names: string[]) {
  const checked: string[] = []
  const registry = new ProfileRegistry({
    check: async (profile) => {
      checked.push(profile.auth_profile)
      const checked_at = new Date().toISOString()
      return { ...WORKS, check: { ...WORKS.check, checked_at } }
    },
  })
  for (const name of names) registerOciProfile(registry, createProfile({ auth_profile: name }))
  return { registry, checked }
}

test('checks every profile once per interval, spread evenly over it', async () => {
  const { registry, checked } = watched(['a', 'b', 'c', 'd'])
  const schedule = startRechecks(registry, () => 100)
  await vi.advanceTimersByTimeAsync(25_000)
  expect(checked).toEqual(['a'])
  await vi.advanceTimersByTimeAsync(75_000)
  expect(checked).toEqual(['a', 'b', 'c', 'd'])
  await vi.advanceTimersByTimeAsync(100_000)
  expect(checked).toEqual(['a', 'b', 'c', 'd', 'a', 'b', 'c', 'd'])
  schedule.stop()
})

test('never checks again while the interval is 0, and goes on when it is not', async () => {
  const { registry, checked } = watched(['a'])
  let interval = 0
  const schedule = startRechecks(registry, () => interval)
  await vi.advanceTimersByTimeAsync(1_000_000)
  expect(checked).toEqual([])
  interval = 10
  schedule.reschedule()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(checked).toEqual(['a'])
  schedule.stop()
})

test('ends with its stop', async () => {
  const { registry, checked } = watched(['a'])
  startRechecks(registry, () => 10).stop()
  await vi.advanceTimersByTimeAsync(100_000)
  expect(checked).toEqual([])
})
