/** What a command loads: those that only read files start fast because they leave the heavy packages alone. */
import { expect, test } from 'vitest'
import { section, writeConfig } from './config-files.ts'
import { runProgram } from './program.ts'

const recorder = new URL('record-modules.mjs', import.meta.url).href

/** Names of the npm packages that a run loads. */
async function loadedPackages(args: readonly string[]): Promise<Set<string>> {
  const { stderr } = await runProgram(args, { nodeArgs: ['--import', recorder] })
  const names = [...stderr.matchAll(/^loaded .*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)]
  return new Set(names.map(([, name]) => name ?? ''))
}

test.each(['list', 'show'])(
  '%s loads nothing but what parses arguments and colours',
  async (command) => {
    const file = writeConfig(section('ONE'))
    const packages = await loadedPackages([command, '--config-file', file])
    expect([...packages].toSorted()).toEqual(['commander', 'picocolors'])
  },
)

test('the recorder sees what is loaded: serve loads a whole server', async () => {
  const packages = await loadedPackages(['serve', '--port', 'x'])
  expect(packages).toContain('fastify')
  expect(packages).toContain('pino')
  expect(packages).toContain('zod')
})
