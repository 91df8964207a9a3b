import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { readModuleGraph } from '../../scripts/house/module-graph.ts'
import { findBrokenRules, RULE_NAMES, type RuleName } from '../../scripts/house/rules.ts'

type Files = Record<string, string>

/** A small house in which every rule holds. */
const SOUND: Files = {
  'src/errors.ts': 'export class Fault extends Error {}',
  'src/secret.ts': 'export class Secret {}',
  'src/schemas/index.ts': "export type { Profile } from './profile.ts'",
  'src/schemas/profile.ts': 'export interface Profile { env: string; console: string }',
  'src/schemas/wire/index.ts': "export { body } from './body.ts'",
  'src/schemas/wire/body.ts': "import { z } from 'zod'\nexport const body = z",
  'src/config/index.ts':
    "export { parse } from './sections.ts'\nexport { locate } from './locate.ts'",
  'src/config/sections.ts':
    "import type { Profile } from '../schemas/index.ts'\nexport const parse = (): Profile[] => []",
  'src/config/locate.ts':
    "import { join } from 'node:path'\nexport const locate = (env = process.env) => join(env.HOME ?? '')",
  'src/client/index.ts': "export { init } from './init.ts'",
  'src/client/init.ts':
    "import { signers } from './signers/index.ts'\nexport const init = () => [import('oci-common'), signers]",
  'src/client/signers/index.ts': 'export const signers = {}',
  'src/api/index.ts':
    "import { body } from '../schemas/wire/index.ts'\nexport const port = [body, process.pid]",
  'src/cli/main.ts':
    "import { start } from '../lifecycle.ts'\nimport('./commands/index.ts')\nconsole.log(start)\nprocess.exit(0)",
  'src/cli/commands/index.ts':
    "import { emulate } from '../../../emulator/index.ts'\nexport const demo = emulate",
  'src/lifecycle.ts': "import { parse } from './config/index.ts'\nexport const start = parse",
  'src/index.ts':
    "export { parse } from './config/index.ts'\nexport { Fault } from './errors.ts'\nexport { Secret } from './secret.ts'",
  'emulator/index.ts':
    "import { createServer } from 'node:http'\nexport const emulate = createServer",
  'test/config/reader.test.ts': "import { parse } from '../../src/config/index.ts'\nparse()",
}

interface Plant {
  rule: RuleName
  what: string
  files: Files
  at: string
}

/** `at` is the place that the finding must name. Files replace those of the sound house. */
const PLANTS: Plant[] = [
  {
    rule: 'rooms-in-table',
    what: 'a room that nobody knows',
    files: { 'src/helpers/index.ts': 'export const x = 1' },
    at: 'src/helpers/index.ts:1',
  },
  {
    rule: 'rooms-one-way',
    what: 'a room that imports against the stream',
    files: {
      'src/config/locate.ts':
        "import { init } from '../client/index.ts'\nexport const locate = init",
    },
    at: 'src/config/locate.ts:1',
  },
  {
    rule: 'rooms-one-way',
    what: 'the same as a type',
    files: {
      'src/config/locate.ts':
        "export const locate = 1\nexport type T = import('../client/index.ts').Init",
    },
    at: 'src/config/locate.ts:2',
  },
  {
    rule: 'rooms-one-way',
    what: 'the same as a re-export',
    files: { 'src/config/locate.ts': "\nexport { init as locate } from '../client/index.ts'" },
    at: 'src/config/locate.ts:2',
  },
  {
    rule: 'rooms-one-way',
    what: 'the same as a dynamic import',
    files: { 'src/config/locate.ts': "export const locate = () => import('../client/index.ts')" },
    at: 'src/config/locate.ts:1',
  },
  {
    rule: 'rooms-one-way',
    what: 'a room that starts the whole',
    files: { 'src/api/index.ts': "export { start } from '../lifecycle.ts'" },
    at: 'src/api/index.ts:1',
  },
  {
    rule: 'rooms-one-way',
    what: 'a room that uses the emulator',
    files: { 'src/api/index.ts': "export { emulate } from '../../emulator/index.ts'" },
    at: 'src/api/index.ts:1',
  },
  {
    rule: 'rooms-one-way',
    what: 'start-up that uses the emulator',
    files: { 'src/lifecycle.ts': "export { emulate as start } from '../emulator/index.ts'" },
    at: 'src/lifecycle.ts:1',
  },
  {
    rule: 'rooms-one-way',
    what: 'an error table that imports a room',
    files: {
      'src/errors.ts': "import type { Profile } from './schemas/index.ts'\nexport type P = Profile",
    },
    at: 'src/errors.ts:1',
  },
  {
    rule: 'rooms-by-their-door',
    what: 'a room entered through the window',
    files: {
      'src/lifecycle.ts':
        "import { parse } from './config/sections.ts'\nexport const start = parse",
    },
    at: 'src/lifecycle.ts:1',
  },
  {
    rule: 'rooms-by-their-door',
    what: 'a folder inside the same room entered through the window',
    files: {
      'src/client/init.ts': "export { key as init } from './signers/key.ts'",
      'src/client/signers/key.ts': 'export const key = 1',
    },
    at: 'src/client/init.ts:1',
  },
  {
    rule: 'rooms-by-their-door',
    what: 'an inner room entered from outside',
    files: { 'src/lifecycle.ts': "export { signers as start } from './client/signers/index.ts'" },
    at: 'src/lifecycle.ts:1',
  },
  {
    rule: 'no-cycles',
    what: 'two files that import each other, one of them a type only',
    files: {
      'src/config/index.ts': "export { a } from './a.ts'\nexport { locate } from './locate.ts'",
      'src/config/a.ts': "import { b } from './sections.ts'\nexport const a = b\nexport type A = 1",
      'src/config/sections.ts': "import type { A } from './a.ts'\nexport const b: A = 1",
    },
    at: 'src/config/a.ts:1',
  },
  {
    rule: 'no-orphans',
    what: 'a file to which no door leads',
    files: { 'src/config/lost.ts': 'export const lost = 1' },
    at: 'src/config/lost.ts:1',
  },
  {
    rule: 'no-orphans',
    what: 'files that only import each other in a row',
    files: {
      'emulator/lost.ts': "export { lost } from './also-lost.ts'",
      'emulator/also-lost.ts': 'export const lost = 1',
    },
    at: 'emulator/also-lost.ts:1',
  },
  {
    rule: 'reader-is-pure',
    what: 'a reader that touches the disk',
    files: { 'src/config/sections.ts': "import 'node:fs'\nexport const parse = 1" },
    at: 'src/config/sections.ts:1',
  },
  {
    rule: 'reader-is-pure',
    what: 'a reader that reaches a package through another file',
    files: {
      'src/config/sections.ts': "export { read as parse } from './read.ts'",
      'src/config/read.ts': "import { z } from 'zod'\nexport const read = z",
    },
    at: 'src/config/read.ts:1',
  },
  {
    rule: 'sdk-in-client-only',
    what: 'the SDK in another room, as a type',
    files: {
      'src/api/index.ts': "import type { Region } from 'oci-common'\nexport type R = Region",
    },
    at: 'src/api/index.ts:1',
  },
  {
    rule: 'source-stays-inside',
    what: 'source that imports a test',
    files: { 'src/api/index.ts': "import '../../test/config/reader.test.ts'" },
    at: 'src/api/index.ts:1',
  },
  {
    rule: 'source-stays-inside',
    what: 'source that imports a figure of the bench',
    files: { 'src/cli/commands/index.ts': "import('../../../bench/main.ts')" },
    at: 'src/cli/commands/index.ts:1',
  },
  {
    rule: 'source-stays-inside',
    what: 'source that imports an example',
    files: { 'src/cli/commands/index.ts': "export { x } from '../../../examples/01.ts'" },
    at: 'src/cli/commands/index.ts:1',
  },
  {
    rule: 'standing-alone',
    what: 'an emulator that shares code with the source',
    files: { 'emulator/index.ts': "export { Fault } from '../src/errors.ts'" },
    at: 'emulator/index.ts:1',
  },
  {
    rule: 'standing-alone',
    what: 'a console that knows more than the REST API',
    files: { 'console/main.ts': "import '../src/schemas/index.ts'" },
    at: 'console/main.ts:1',
  },
  {
    rule: 'imports-readable',
    what: 'an import whose target is computed',
    files: { 'src/api/index.ts': 'export const load = (name: string) => import(name)' },
    at: 'src/api/index.ts:1',
  },
  {
    rule: 'imports-readable',
    what: 'a package that imports itself by name',
    files: { 'src/api/index.ts': "export { parse } from 'oci-profiles/config'" },
    at: 'src/api/index.ts:1',
  },
  {
    rule: 'doors-name-names',
    what: 'a door that exports everything',
    files: { 'src/config/index.ts': "export * from './sections.ts'\nexport * from './locate.ts'" },
    at: 'src/config/index.ts:2',
  },
  {
    rule: 'doors-name-names',
    what: 'a main door with code of its own',
    files: {
      'src/index.ts': "export { parse } from './config/index.ts'\nexport const version = 1",
    },
    at: 'src/index.ts:2',
  },
  ...[
    ['plain', 'export const e = process.env.HOME'],
    ['by a quoted name', "export const e = process['env']"],
    ['through globalThis', 'export const e = globalThis.process.env'],
    ['as a default argument', 'export const e = (env = process.env) => env'],
    ['taken apart', 'export const { env } = process'],
    ['taken apart in a parameter', 'export const e = ({ env } = process) => env'],
    ['imported by name', "import { env } from 'node:process'\nexport const e = env"],
    ['imported under another name', "import * as p from 'node:process'\nexport const e = p.env"],
  ].map(([how, text]): Plant => {
    const line = text?.startsWith('import *') ? 2 : 1
    return {
      rule: 'environment-at-the-edge',
      what: `the environment of the process, ${how}`,
      files: { 'src/api/index.ts': text ?? '' },
      at: `src/api/index.ts:${line}`,
    }
  }),
  {
    rule: 'exit-in-main',
    what: 'an exit in a command',
    files: { 'src/cli/commands/index.ts': 'export const quit = () => process.exit(1)' },
    at: 'src/cli/commands/index.ts:1',
  },
  {
    rule: 'library-is-silent',
    what: 'a library that prints',
    files: { 'src/api/index.ts': "\nconsole.warn('x')" },
    at: 'src/api/index.ts:2',
  },
  {
    rule: 'library-is-silent',
    what: 'the console handed on',
    files: { 'src/lifecycle.ts': 'export const start = (logger = console) => logger' },
    at: 'src/lifecycle.ts:1',
  },
  {
    rule: 'library-is-silent',
    what: 'a write to stdout',
    files: { 'src/api/index.ts': "process.stdout.write('x')" },
    at: 'src/api/index.ts:1',
  },
]

function findIn(files: Files): string[] {
  const root = mkdtempSync(join(tmpdir(), 'house-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    return describe(root)
  } finally {
    rmSync(root, { recursive: true })
  }
}

function describe(root: string): string[] {
  return findBrokenRules(readModuleGraph(root)).map(
    ({ rule, path, line }) => `${rule} ${path}:${line}`,
  )
}

test('the repository keeps every rule of the house', () => {
  const root = new URL('../..', import.meta.url).pathname
  const findings = findBrokenRules(readModuleGraph(root))
  expect(
    findings.map(({ path, line, rule, message }) => `${path}:${line} ${rule}: ${message}`),
  ).toEqual([])
})

test('a sound house has no findings, nor has an empty one', () => {
  expect(findIn(SOUND)).toEqual([])
  expect(findIn({})).toEqual([])
})

test.each(PLANTS)('$rule catches $what', ({ rule, files, at }) => {
  expect(findIn({ ...SOUND, ...files })).toContain(`${rule} ${at}`)
})

test('every rule has a planted violation', () => {
  expect(new Set(PLANTS.map((plant) => plant.rule))).toEqual(new Set(RULE_NAMES))
})

test('a file that does not parse stops the check instead of passing it', () => {
  expect(() => findIn({ 'src/broken/index.ts': 'export const = 1' })).toThrow('src/broken/index.ts')
})
