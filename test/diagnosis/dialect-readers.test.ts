/** Each reader against the tool itself, over generated files: Python's configparser and the SDK that is installed here. */
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { ConfigFileAuthenticationDetailsProvider, SessionAuthDetailProvider } from 'oci-common'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { parseSections } from '../../src/config/index.ts'
import {
  readAsPython,
  readAsSessionCommands,
  readAsTypeScript,
  type Reading,
} from '../../src/diagnosis/dialects/index.ts'
import { makeMaterial, type Material } from '../check/material.ts'
import { dialectText, lawlessText, soupText, tidyText } from '../config/generate-config.ts'
import { hasPython, Python } from '../config/python.ts'

const parameters = {
  seed: Number(process.env['FC_SEED'] ?? 20261124),
  numRuns: Number(process.env['FC_RUNS'] ?? 1500),
}

const TEXTS = [
  ['files that tools disagree on', dialectText],
  ['tidy files', tidyText],
  ['lawless files', lawlessText],
  ['soups of characters', soupText],
] as const

const NAMES = ['DEFAULT', 'P', 'Q', ' P ', 'P ', 'default', 'A', 'B', ' A ', 'a]b', 'x=y', 'none']

function valuesOf(reading: Reading): Record<string, string> | null {
  if (reading.refusal !== null) return null
  return Object.fromEntries([...reading.values].map(([key, { value }]) => [key, value]))
}

describe('as the TypeScript SDK reads it', () => {
  /** The reader itself prints on stdout when there is no DEFAULT. */
  beforeEach(() => void vi.spyOn(console, 'info').mockImplementation(() => {}))
  afterEach(() => vi.restoreAllMocks())

  const { ConfigFileReader } = createRequire(import.meta.url)(
    'oci-common/lib/config-file-reader',
  ) as typeof import('oci-common')

  function readBySdk(text: string, name: string) {
    try {
      return { file: ConfigFileReader.parse(text, name), message: null }
    } catch (error) {
      return { file: null, message: (error as Error).message }
    }
  }

  test.each(TEXTS)('%s give the same refusals and values', (_, texts) => {
    const same = fc.property(texts, fc.constantFrom(...NAMES), (text, name) => {
      const { file, message } = readBySdk(text, name)
      const reading = readAsTypeScript(text)(name)
      if (file === null) {
        expect(reading.refusal).not.toBeNull()
        expectSameReason(reading, message, text)
        return
      }
      const values = valuesOf(reading)
      expect(values).not.toBeNull()
      const keys = [...Object.keys(values!), 'user', 'region', 'pass_phrase', 'key_file', 'User']
      for (const key of keys) expect(values![key] ?? null).toBe(file.get(key) ?? null)
    })
    fc.assert(same, parameters)
  })

  function expectSameReason(reading: Reading, message: string, text: string): void {
    if (reading.refusal === null) return
    const isAboutName = message.startsWith('No profile named')
    expect(reading.scope).toBe(isAboutName ? 'section' : 'file')
    // Lone carriage returns end no line there, so that one line of the SDK is several of an editor.
    if (isAboutName || /\r(?!\n)/.test(text)) return
    const line = text.split('\n')[reading.line! - 1]!
    expect(message).toContain(line)
  }

  test('the generated files are read and refused in good numbers', () => {
    const texts = fc.sample(dialectText, { ...parameters, numRuns: 400 })
    const read = texts.filter((text) => readAsTypeScript(text)('P').refusal === null)
    expect(read.length).toBeGreaterThan(60)
    expect(read.length).toBeLessThan(340)
  })
})

describe('as the TypeScript SDK signs with it', () => {
  let material: Material
  beforeAll(async () => {
    material = await makeMaterial()
  })
  afterAll(() => material[Symbol.asyncDispose]())
  beforeEach(() => {
    vi.spyOn(console, 'info').mockImplementation(() => {})
    vi.spyOn(console, 'warn').mockImplementation(() => {})
  })

  async function provide(text: string, Provider = ConfigFileAuthenticationDetailsProvider) {
    const { user, tenancy, region, fingerprint, key_file } = material.profile()
    const fields = { user, tenancy, region, fingerprint, key_file }
    const lines = Object.entries(fields).map(([key, value]) => `${key}=${value}\n`)
    const path = material.path('config')
    await writeFile(
      path,
      text.replace('FIELDS', lines.join('')).replace('TOKEN', material.path('token')),
    )
    return new Provider(path, 'P')
  }

  test('an API key below a session of DEFAULT loses its user', async () => {
    const { tenancy, fingerprint } = material.profile()
    const provider = await provide('[DEFAULT]\nsecurity_token_file=TOKEN\n[P]\nFIELDS')
    expect(await provider.getKeyId()).toBe(`${tenancy}//${fingerprint}`)
    const mended = '[DEFAULT]\nsecurity_token_file=TOKEN\n[P]\nFIELDSsecurity_token_file =\n'
    expect((await provide(mended)).getUser()).toBe(material.profile().user)
  })

  test('a session is one for SessionAuthDetailProvider only', async () => {
    const text = '[P]\nFIELDSsecurity_token_file=TOKEN\n'
    const { tenancy, fingerprint } = material.profile()
    expect(await (await provide(text)).getKeyId()).toBe(`${tenancy}//${fingerprint}`)
    expect(await (await provide(text, SessionAuthDetailProvider)).getKeyId()).toMatch(/^ST\$\S/)
  })

  test.each(['api_key', 'security_token', 'resource_principal'])(
    'authentication_type = %s leaves it without a key',
    async (type) => {
      const provider = await provide(`[P]\nFIELDSauthentication_type=${type}\n`)
      expect(provider.getPrivateKey()).toBe('')
    },
  )

  test('a short code is no region, and its host is none', async () => {
    const provider = await provide('[P]\nFIELDSregion=fra\n')
    expect(provider.getRegion().regionId).toBe('fra')
  })
})

interface Attempt<T> {
  result?: T
  refusal?: string
}

interface ToolAnswer {
  sdk: Record<string, Attempt<Record<string, string>>>
  export: Record<string, Attempt<Record<string, string>>>
  rewrite: Attempt<null>
  /** Of the file as a whole. */
  refusal: string | null
}

const isHere = hasPython()
if (!isHere) console.warn('SKIPPED: no python3 here, so no comparison with its configparser')

describe.skipIf(!isHere)('as the Python SDK and the OCI CLI read it', () => {
  const script = '../fixtures/config/read-as-oracle-tools.py'
  const python = isHere ? new Python<ToolAnswer>(script) : null
  afterAll(() => python?.end())

  test.each(TEXTS)('%s give the same refusals and values', async (_, texts) => {
    const same = fc.asyncProperty(texts, async (text) => {
      const answer = await python!.ask(Buffer.from(text))
      const parsed = parseSections(text)
      const read = readAsPython(parsed)
      if (answer.refusal !== null) {
        expect(read('P')).toMatchObject({ scope: 'file' })
        expect(read('P').refusal).not.toBeNull()
        return
      }
      for (const [name, { result, refusal }] of Object.entries(answer.sdk)) {
        // DEFAULT is there for Python even where the file has none.
        if (name === 'DEFAULT' && !parsed.sections.some(({ isDefault }) => isDefault)) continue
        const reading = read(name)
        if (refusal) expect(reading).toMatchObject({ scope: 'section' })
        else expect(valuesOf(reading)).toEqual(result)
      }
    })
    await fc.assert(same, parameters)
  })

  test.each([1, 2, 8, 9, 10, 11, 12, 20])('a chain of %i references ends alike', async (length) => {
    const links = Array.from({ length }, (_, index) => `k${index}=%(k${index + 1})s\n`)
    const text = `[P]\n${links.join('')}k${length}=x\n`
    const answer = await python!.ask(Buffer.from(text))
    const { stopsIn } = readAsSessionCommands(parseSections(text))('P')
    expect(stopsIn.length > 0).toBe(answer.export['P']!.refusal !== undefined)
  })

  test('references without end cost no time', () => {
    const keys = Array.from(
      { length: 10 },
      (_, index) => `k${index}=${`%(k${index + 1})s`.repeat(40)}\n`,
    )
    const { stopsIn } = readAsSessionCommands(parseSections(`[P]\n${keys.join('')}k10=x\n`))('P')
    expect(stopsIn).toContain('k0')
  })

  test('the generated files are accepted and refused in good numbers', async () => {
    const texts = fc.sample(dialectText, { ...parameters, numRuns: 300 })
    const answers: ToolAnswer[] = []
    for (const text of texts) answers.push(await python!.ask(Buffer.from(text)))
    const accepted = answers.filter(({ refusal }) => refusal === null)
    expect(accepted.length).toBeGreaterThan(60)
    expect(accepted.length).toBeLessThan(240)
    const copies = accepted.flatMap((answer) => Object.values(answer.export))
    expect(copies.filter(({ refusal }) => refusal !== undefined).length).toBeGreaterThan(30)
  })

  test.each(TEXTS)('session commands stop at %s where they do', async (_, texts) => {
    const same = fc.asyncProperty(texts, async (text) => {
      const answer = await python!.ask(Buffer.from(text))
      const parsed = parseSections(text)
      const read = readAsSessionCommands(parsed)
      for (const { name } of parsed.sections) {
        const { reading, stopsAt, stopsIn, changes } = read(name)
        const isRefused = reading.refusal !== null && reading.scope === 'file'
        expect(isRefused || stopsAt !== null).toBe(answer.rewrite.refusal !== undefined)
        const copied = answer.export[name]
        if (isRefused || reading.refusal !== null || copied === undefined) continue
        expect(stopsIn.length > 0).toBe(copied.refusal !== undefined)
        if (copied.result === undefined) continue
        const written = [...reading.values].filter(
          ([key, { value }]) => copied.result![key] !== value,
        )
        expect(changes.toSorted()).toEqual(written.map(([key]) => key).toSorted())
      }
    })
    await fc.assert(same, parameters)
  })
})
