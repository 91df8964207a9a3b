/** What a command loads: those that only read files start fast because they leave the heavy packages alone. */
import { expect, test } from 'vitest'
import { section, writeConfig } from './config-files.ts'
import { runProgram } from './program.ts'

const recorder = new URL('record-modules.mjs', import.meta.url).href

/** Names of the npm packages that a run loads. */
async function loadedPackages(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Set<string>> {
  const { stderr } = await runProgram(args, { env, nodeArgs: ['--import', recorder] })
  const names = [...stderr.matchAll(/^loaded .*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)]
  return new Set(names.map(([, name]) => name ?? ''))
}

const LIGHT = [
  ['list'],
  ['show'],
  ['env'],
  ['completion', 'bash'],
  ['__complete', 'bash', '--', 'show', ''],
]

test.each(LIGHT)('%s %s loads nothing but what colours', async (...args) => {
  const env = { OCI_CLI_CONFIG_FILE: writeConfig(section('ONE')) }
  const packages = await loadedPackages(args, env)
  expect([...packages].toSorted()).toEqual(['picocolors'])
})

test('the recorder sees what is loaded: serve loads a whole server', async () => {
  const packages = await loadedPackages(['serve', '--port', 'x'])
  expect(packages).toContain('fastify')
  expect(packages).toContain('pino')
  expect(packages).toContain('zod')
})
