/** What the command line that is shipped reads at its start: little, and in one piece. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const program = join(root, 'dist/cli.js')
const recorder = new URL('../cli/record-modules.mjs', import.meta.url).href

/** Files of the build that a run loads. */
function filesOf(args: readonly string[]): string[] {
  const run = spawnSync(process.execPath, ['--import', recorder, program, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: '/nonexistent' },
  })
  const loaded = [...run.stderr.matchAll(/^loaded file:\/\/(\S+\/dist\/\S+)$/gm)]
  return loaded.map(([, path]) => path ?? '')
}

/** What a file imports before any command is called. */
function importsOf(path: string): string[] {
  const imports = readFileSync(path, 'utf8').matchAll(/^(?:import|\}) ?.*?["']([^"']+)["'];$/gm)
  return [...imports].map(([, from]) => from ?? '')
}

test.each(['list', 'show', 'env'])('%s reads the program and one file more', (command) => {
  const files = filesOf([command])
  expect(files).toContain(program)
  expect(files).toHaveLength(2)
})

test('commands that do more load more', () => {
  expect(filesOf(['doctor']).length).toBeGreaterThan(2)
})

test('the start needs no package, no cryptography and nothing that watches files', () => {
  const [chunk = ''] = importsOf(program).filter((from) => from.startsWith('./'))
  const path = join(dirname(program), chunk)
  const imports = [...importsOf(program), ...importsOf(path)]
  expect(imports.filter((from) => !/^(?:node:|\.)/.test(from))).toEqual([])
  expect(imports).not.toContain('node:crypto')
  expect(readFileSync(path, 'utf8')).not.toContain('src/config/watch-files.ts')
})
