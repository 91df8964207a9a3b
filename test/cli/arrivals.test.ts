/** In which order results are told. */
import { describe, expect, test } from 'vitest'
import { arrivals } from '../../src/cli/arrivals.ts'

/** Results that come when they are told to. */
function slowResults(count: number) {
  const waiting = Array.from({ length: count }, () => Promise.withResolvers<string>())
  return {
    results: waiting.map(({ promise }) => promise),
    come: (...indexes: number[]) => {
      for (const index of indexes) waiting[index]?.resolve('abcdefgh'.charAt(index))
    },
    fail: (index: number) => waiting[index]?.reject(new Error('broken')),
  }
}

const LONG = 60_000

describe('while there is patience', () => {
  test('results come in the order given, each as soon as all before it are there', async () => {
    const { results, come } = slowResults(4)
    const told = arrivals(results, LONG)
    come(0, 1, 3)
    expect(await told.next()).toEqual({ value: ['a', 'b'], done: false })
    const next = told.next()
    come(2)
    expect(await next).toEqual({ value: ['c', 'd'], done: false })
    expect(await told.next()).toEqual({ value: undefined, done: true })
  })

  test('for ever, where it has no end', async () => {
    const { results, come } = slowResults(3)
    const told = arrivals(results, null)
    const next = told.next()
    come(2, 1)
    const early = Promise.race([next.then(() => 'told'), sleep(50).then(() => 'waits')])
    expect(await early).toBe('waits')
    come(0)
    expect(await next).toEqual({ value: ['a', 'b', 'c'], done: false })
  })
})

test('without it results come as they are, those that are there together in the order given', async () => {
  const { results, come } = slowResults(5)
  const told = arrivals(results, 1)
  come(3, 1)
  expect(await told.next()).toEqual({ value: ['b', 'd'], done: false })
  const next = told.next()
  come(4)
  expect(await next).toEqual({ value: ['e'], done: false })
  come(0, 2)
  expect(await told.next()).toEqual({ value: ['a', 'c'], done: false })
  expect((await told.next()).done).toBe(true)
})

test('no results are no batches', async () => {
  expect((await arrivals([], LONG).next()).done).toBe(true)
})

test('a failure ends it', async () => {
  const { results, fail } = slowResults(2)
  const told = arrivals(results, null)
  const next = told.next()
  fail(1)
  await expect(next).rejects.toThrow('broken')
})

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
