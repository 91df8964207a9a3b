import { execFile } from 'node:child_process'
import { appendFileSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEmulator, writeSampleProfiles, type Emulator } from '../../emulator/index.ts'

const root = join(import.meta.dirname, '../..')
const examples = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.ts'))

let folder: string
let emulator: Emulator
let env: Record<string, string>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oci-profiles-examples-'))
  emulator = await startEmulator()
  const samples = { principals: true }
  const written = await writeSampleProfiles(emulator, join(folder, 'oci'), 'working', samples)
  const { configFile } = written
  appendFileSync(configFile, '\n[MISTYPED]\nusr=ocid1.user.oc1..a\nuser=\n')
  const { PATH = '', NODE_OPTIONS = '' } = process.env
  env = {
    PATH,
    NODE_OPTIONS,
    HOME: folder,
    OCI_CLI_CONFIG_FILE: configFile,
    OCI_PROFILES_ENDPOINT_URL: emulator.url,
    ...written.env,
  }
})
afterAll(async () => {
  await emulator.close()
  await rm(folder, { recursive: true })
})

test.each(examples)('%s prints what it promises at its foot', async (example) => {
  const path = join(root, 'examples', example)
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [path], { env, cwd: root })
  expect(stderr).toBe('')
  expect(stdout).toMatch(promised(readFileSync(path, 'utf8')))
})

/** Lines of the comment at the foot; … stands for what differs from run to run. */
function promised(source: string): RegExp {
  const foot = /\/\* Prints:\n([\s\S]*?)\*\/\s*$/.exec(source)?.[1]
  if (foot === undefined) throw new Error('the example promises no output at its foot')
  const pattern = foot
    .split('…')
    .map((part) => RegExp.escape(part))
    .join('[^\\n]*')
  return new RegExp(`^${pattern}$`)
}
