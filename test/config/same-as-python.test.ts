/** Thousands of generated files, read here and by python3. FC_SEED and FC_RUNS choose others and more. */
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { parseSections } from '../../src/config/index.ts'
import { useConfigFolder } from './config-file.ts'
import {
  expectedProfiles,
  expectSameVerdict,
  ownItems,
  profilesOf,
  sectionsOf,
} from './expected.ts'
import { lawlessBytes, lawlessText, soupText, tidyText } from './generate-config.ts'
import { hasPython, Python } from './python.ts'

const parameters = {
  seed: Number(process.env['FC_SEED'] ?? 20261123),
  numRuns: Number(process.env['FC_RUNS'] ?? 1500),
}

const isHere = hasPython()
if (!isHere) console.warn('SKIPPED: no python3 here, so no comparison with its configparser')

describe.skipIf(!isHere)('as python3 reads it', () => {
  const python = isHere ? new Python() : null
  const folder = useConfigFolder()
  afterAll(() => python?.end())

  const TEXTS = [
    ['tidy files', tidyText],
    ['lawless files', lawlessText],
    ['soups of characters', soupText],
  ] as const

  test.each(TEXTS)('parseSections gives the sections, keys and values of %s', async (_, texts) => {
    const same = fc.asyncProperty(texts, async (text) => {
      const answer = await python!.ask(Buffer.from(text))
      expect(sectionsOf(text)).toEqual(ownItems(answer))
      expectSameVerdict(answer, parseSections(text))
    })
    await fc.assert(same, parameters)
  })

  test('parseOciConfigFile gives the profiles that follow, whatever the bytes', async () => {
    const same = fc.asyncProperty(lawlessBytes, async (bytes) => {
      const answer = await python!.ask(bytes)
      const parsed = await folder.parse(bytes)
      expect(profilesOf(parsed)).toEqual(expectedProfiles(answer))
      expectSameVerdict(answer, parsed)
    })
    await fc.assert(same, parameters)
  })

  test('the generated files are accepted and refused in good numbers', async () => {
    const texts = fc.sample(fc.oneof(tidyText, lawlessText), { ...parameters, numRuns: 400 })
    let accepted = 0
    for (const text of texts) if ((await python!.ask(Buffer.from(text))).accepted) accepted++
    expect(accepted).toBeGreaterThan(80)
    expect(accepted).toBeLessThan(320)
  })
})
