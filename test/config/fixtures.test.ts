/** Files with the answers of python3 beside them, made by make-answers.py: these run where there is no python3. */
import { isUtf8 } from 'node:buffer'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parseOciConfigFile } from '../../src/config/index.ts'
import {
  expectedProfiles,
  expectSameVerdict,
  HOME,
  ownItems,
  profilesOf,
  sectionsOf,
} from './expected.ts'
import type { PythonAnswer } from './python.ts'

const FOLDER = new URL('../fixtures/config/', import.meta.url)
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ini'))
  .map((name) => name.slice(0, -'.ini'.length))

function answerTo(name: string): PythonAnswer {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')) as PythonAnswer
}

function bytesOf(name: string): Buffer {
  return readFileSync(new URL(`${name}.ini`, FOLDER))
}

function parse(name: string) {
  const configFile = fileURLToPath(new URL(`${name}.ini`, FOLDER))
  return parseOciConfigFile({ configFile, env: {}, home: HOME })
}

describe('files with the answers of python3', () => {
  test('there are some that it accepts and some that it refuses', () => {
    const accepted = names.filter((name) => answerTo(name).accepted)
    expect(accepted.length).toBeGreaterThan(8)
    expect(names.length - accepted.length).toBeGreaterThan(8)
  })

  test.each(names)('%s gives the same profiles and the same verdict', async (name) => {
    const parsed = await parse(name)
    expect(profilesOf(parsed)).toEqual(expectedProfiles(answerTo(name)))
    expectSameVerdict(answerTo(name), parsed)
  })

  const readable = names.filter((name) => isUtf8(bytesOf(name)))
  test.each(readable)('%s gives the same sections, keys and values', (name) => {
    expect(sectionsOf(bytesOf(name).toString())).toEqual(ownItems(answerTo(name)))
  })
})
