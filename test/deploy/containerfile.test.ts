import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApi, type TestApi } from '../api/harness.ts'
import { requireKeyBeyondLoopback, SETTINGS } from '../../src/settings/index.ts'
import { loadOn } from '../settings/load.ts'
import { environmentOf, ofName, parseContainerfile, type Stage } from './containerfile.ts'
import { COMMAND_NAMES, manifest, readText, ROOT, unknownVariables } from './repository.ts'

const stages = parseContainerfile(readText('Containerfile'))
const last = stages.at(-1) as Stage
const environment = environmentOf(last)

/** Without the words in front: the arguments of an instruction in its JSON form. */
function listOf(name: string): string[] {
  const [instruction] = ofName(last, name)
  return JSON.parse(instruction?.text.replace(/^CMD +/, '') ?? '[]')
}

describe('the reader of these tests refuses', () => {
  test.each([
    ['an instruction that nobody knows', 'FROM a\nCOPPY x y'],
    ['work before a stage', 'RUN x'],
    ['a last line that goes on', 'FROM a\nRUN x \\'],
    ['a stage without an image', 'FROM AS b c'],
  ])('%s', (_what, text) => {
    expect(() => parseContainerfile(text)).toThrow(/^(no |RUN |the last )/)
  })
})

describe('the Containerfile', () => {
  test('builds on Node images of the version that the package needs, from no particular registry', () => {
    const [, major] = /^>=(\d+)\./.exec(manifest.engines.node) ?? []
    expect(stages.map(({ image }) => image)).toEqual(stages.map(() => `node:${major}-slim`))
    expect(stages.length).toBeGreaterThan(1)
  })

  test('takes files from stages that are there, and from the repository those that it has', () => {
    const names = stages.map(({ name }) => name)
    for (const [index, stage] of stages.entries()) {
      for (const { flags, text } of ofName(stage, 'COPY')) {
        const from = flags['from']
        if (from !== undefined) expect(names.slice(0, index)).toContain(from)
        const sources = text.split(/ +/).slice(0, -1)
        for (const source of from === undefined ? sources : []) {
          expect([source, existsSync(join(ROOT, source))]).toEqual([source, true])
        }
      }
    }
  })

  test('does not have to do without anything that .dockerignore leaves out', () => {
    const ignored = readText('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
    for (const pattern of ['.git', '.env*', 'node_modules', 'dist']) {
      expect(ignored).toContain(pattern)
    }
    const sources = stages
      .flatMap((stage) => ofName(stage, 'COPY'))
      .filter(({ flags }) => flags['from'] === undefined)
      .flatMap(({ text }) => text.split(/ +/).slice(0, -1))
    const leftOut = ignored.flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
    expect(sources.filter((source) => leftOut.includes(source.split('/')[0]!))).toEqual([])
    // What the build reads must not be left out either.
    for (const needed of ['src', 'emulator', 'console', 'scripts', 'bin', 'tsconfig.build.json']) {
      expect([needed, statSync(join(ROOT, needed)).size > 0]).toEqual([needed, true])
      expect(leftOut).not.toContain(needed)
    }
  })

  test('installs by the lock file, without scripts, and leaves tools out of the last stage', () => {
    const installs = stages.flatMap((stage) => ofName(stage, 'RUN')).map(({ text }) => text)
    for (const text of installs.filter((line) => line.includes('npm') && !line.includes('run'))) {
      expect(text).toMatch(/^npm ci --ignore-scripts/)
    }
    const modules = ofName(last, 'COPY').find(({ text }) => text.includes('node_modules'))
    const source = stages.find(({ name }) => name === modules?.flags['from'])
    expect(ofName(source as Stage, 'RUN').map(({ text }) => text)).toEqual([
      'npm ci --ignore-scripts --omit=dev --omit=optional',
    ])
  })

  test('runs as a number that is not root, which Kubernetes can tell', () => {
    expect(ofName(last, 'USER').map(({ text }) => text)).toEqual(['1000:1000'])
    const order = last.instructions.map(({ name }) => name)
    expect(order.lastIndexOf('RUN')).toBeLessThan(order.indexOf('USER'))
  })

  test('starts the command of the package, on the port that is the default', () => {
    const [node, file] = listOf('ENTRYPOINT')
    const [workdir] = ofName(last, 'WORKDIR')
    expect([node, file]).toEqual(['node', join(workdir?.text ?? '', manifest.bin['oci-profiles']!)])
    expect(COMMAND_NAMES).toContain(listOf('CMD')[0])
    expect(ofName(last, 'EXPOSE').map(({ text }) => text)).toEqual([SETTINGS.port.defaultText])
  })

  test('sets variables that are read, and keeps the database in a volume of its own', async () => {
    expect(unknownVariables(Object.keys(environment))).toEqual([])
    const settings = await loadOn({ env: environment })
    const [volume] = ofName(last, 'VOLUME')
    expect(settings.get('database_url').reveal()).toBe(`sqlite:${volume?.text}/core.db`)
    expect(ofName(last, 'RUN').some(({ text }) => text.endsWith(` ${volume?.text}`))).toBe(true)
  })

  test('listens beyond loopback, and so does not start without a key', async () => {
    const without = await loadOn({ env: environment })
    expect(() => requireKeyBeyondLoopback(without)).toThrow(/no api_key is set/)
    const env = { ...environment, OCI_PROFILES_API_KEY: 'k'.repeat(32) }
    const settings = await loadOn({ env })
    expect(() => requireKeyBeyondLoopback(settings)).not.toThrow()
  })
})

describe('its health check', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startApi({ urlPrefix: '/oci' })
    await api.listen()
  })
  afterAll(() => api.close())

  async function exitCode(env: Record<string, string>): Promise<unknown> {
    const [, ...args] = listOf('HEALTHCHECK')
    const child = spawn(process.execPath, args, { env, stdio: 'ignore' })
    return (await once(child, 'exit'))[0]
  }

  test('succeeds where the service lives, and fails where it does not', async () => {
    const { port } = api.address() as { port: number }
    const env = { OCI_PROFILES_PORT: String(port), OCI_PROFILES_URL_PREFIX: '/oci' }
    expect(listOf('HEALTHCHECK')[0]).toBe('node')
    expect(await exitCode(env)).toBe(0)
    expect(await exitCode({ ...env, OCI_PROFILES_URL_PREFIX: '/elsewhere' })).toBe(1)
    expect(await exitCode({ ...env, OCI_PROFILES_PORT: '1' })).toBe(1)
  })
})
