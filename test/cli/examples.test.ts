/** The examples of the help and of docs/cli.md that only look at profiles: they do what they promise. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEmulator, writeSampleProfiles, type Emulator } from '../../emulator/index.ts'
import { COMMANDS, type CommandEntry } from '../../src/cli/commands/index.ts'
import { runHere } from './program.ts'

const LOOKING = /^(?:list|show|check|doctor|env)\b/

let emulator: Emulator
let folder: string
let env: Record<string, string>

/** Where DEV and PROD are as good as the sample profile DEFAULT. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cli-test-'))
  emulator = await startEmulator()
  const { configFile } = await writeSampleProfiles(emulator, folder, 'working')
  const text = readFileSync(configFile, 'utf8')
  const [, keys = ''] = /\[DEFAULT\]\n([^[]+)/.exec(text) ?? []
  appendFileSync(configFile, `\n[DEV]\n${keys}\n[PROD]\n${keys}`)
  env = { OCI_PROFILES_ENDPOINT_URL: emulator.url, OCI_CLI_CONFIG_FILE: configFile }
})
afterAll(async () => {
  await emulator.close()
  rmSync(folder, { recursive: true })
})

/** Up to what a shell would do with it. */
function argumentsOf(line: string): string[] {
  const [call = ''] = line.split(/ +(?:#|\||&&|>)/)
  return call.trim().split(/ +/)
}

function pageLines(): string[] {
  const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8')
  const calls = [...page.matchAll(/^ {4}oci-profiles ([a-z].*)$/gm)].map(([, line]) => line ?? '')
  // The synopsis of a command is no example.
  return calls.filter((line) => LOOKING.test(line) && !line.includes('['))
}

const helpLines = Object.values<CommandEntry>(COMMANDS)
  .flatMap(({ examples }) => examples.map(({ line }) => line))
  .filter((line) => LOOKING.test(line))

const lines = [
  ...new Set([...helpLines, ...pageLines().map((line) => argumentsOf(line).join(' '))]),
]

describe('an example', () => {
  test('is there for each command that looks at profiles', () => {
    const words = new Set(lines.map((line) => line.split(' ')[0] ?? ''))
    expect([...words].toSorted()).toEqual(['check', 'doctor', 'env', 'list', 'show'])
  })

  test.each(lines)('%s ends with exit code 0 where all is well', async (line) => {
    const { code, stdout } = await runHere(argumentsOf(line), { env })
    expect(code).toBe(0)
    expect(stdout).not.toBe('')
  })
})

describe('where PROD does not work', () => {
  const PROMISES = lines.filter((line) => /^(?:check|doctor)/.test(line) && !/--offline/.test(line))

  test.each(PROMISES)('%s ends with exit code 1', async (line) => {
    emulator.setFault('DEFAULT', { kind: 'status', status: 401 })
    try {
      const { code } = await runHere(argumentsOf(line), { env })
      expect(code).toBe(1)
    } finally {
      emulator.setFault('DEFAULT', null)
    }
  })
})
