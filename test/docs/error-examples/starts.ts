/** What ends the start of a service, and what it goes on without: `serve` is run for each, in a folder of its own. */
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { StartCode } from '../../../src/errors.ts'
import { openDatabase } from '../../../src/database/index.ts'
import { toPage, type PageWord } from '../page-words.ts'
import type { Place, Sandbox } from '../sandbox.ts'
import { formatJson, linesOf, orFault, type Examples, type Outcome } from './example.ts'

const FOLDER = '/home/ada/service'

interface StartCase {
  args?: readonly string[]
  env?: (folder: string) => Record<string, string>
  /** Files of the working directory. */
  files?: Record<string, string | Buffer>
  prepare?: (folder: string) => Promise<void>
}

/** The start ends with an error. */
const ENDS = {
  SETTING_INVALID: { args: ['--port', '80000'] },
  ENV_FILE_INVALID: { files: { '.env': Buffer.from('OCI_PROFILES_HOST=gerät\n', 'latin1') } },
  CONFIGURATION_FILE_INVALID: { files: { 'configuration.json': '{ "prot": 8000 }\n' } },
  API_KEY_REQUIRED: { args: ['--host', '0.0.0.0'] },
  ADDRESS_UNAVAILABLE: {
    args: ['--host', '192.0.2.1'],
    env: () => ({ OCI_PROFILES_API_KEY: 'one-that-is-long-enough-for-this' }),
  },
  USAGE: { args: ['--prot', '8000'] },
} as const satisfies Partial<Record<StartCode, StartCase>>

const databaseAt = (file: string) => (folder: string) => ({
  OCI_PROFILES_DATABASE_URL: `sqlite:${join(folder, file)}`,
})

/** The service runs; its log has the code. */
const GOES_ON = {
  OCI_PROFILE_CONFIGS_IGNORED: {
    files: { 'configuration.json': '{ "oci_profile_configs": [] }\n' },
  },
  DATABASE_TLS_FAILED: {
    env: () => ({
      OCI_PROFILES_DATABASE_URL:
        'postgres://core:secret@db.acme.example/core?sslmode=verify-full&sslrootcert=/etc/ssl/acme.pem',
    }),
  },
  DATABASE_UNAVAILABLE: {
    files: { notes: 'not a folder\n' },
    env: databaseAt('notes/core.db'),
  },
  DATABASE_TOO_NEW: { prepare: writeNewerDatabase, env: databaseAt('core.db') },
  DATABASE_INVALID: { files: { 'notes.txt': 'not a database\n' }, env: databaseAt('notes.txt') },
} as const satisfies Partial<Record<StartCode, StartCase>>

export async function provokeStarts(sandbox: Sandbox): Promise<Examples> {
  const examples: Examples = new Map()
  for (const [code, each] of Object.entries<StartCase>(ENDS)) {
    examples.set(code as StartCode, await orFault(() => provokeEnd(code, each, sandbox)))
  }
  for (const [code, each] of Object.entries<StartCase>(GOES_ON)) {
    examples.set(code as StartCode, await orFault(() => provokeRemark(code, each, sandbox)))
  }
  examples.set('PORT_IN_USE', await provokePortInUse(sandbox))
  return examples
}

async function provokeEnd(code: string, each: StartCase, sandbox: Sandbox): Promise<Outcome> {
  const { place, words } = await prepare(code, each, sandbox)
  const { stderr } = await sandbox.run(['serve', ...(each.args ?? [])], place)
  return errorIn(stderr, code, words)
}

async function provokePortInUse(sandbox: Sandbox): Promise<Outcome> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const port = String((server.address() as AddressInfo).port)
  try {
    const { stderr } = await sandbox.run(['serve', '--port', port])
    const words = [...sandbox.words, { real: port, page: '8000' }]
    return errorIn(stderr, 'PORT_IN_USE', words)
  } finally {
    server.close()
  }
}

/** `more`: further words of the page. */
export async function provokeRemark(
  code: string,
  each: StartCase,
  sandbox: Sandbox,
  more: readonly PageWord[] = [],
): Promise<Outcome> {
  const { place, words } = await prepare(code, each, sandbox)
  await using served = await sandbox.serve(place)
  const line = linesOf(served.stderr(), `"code":"${code}"`)
  if (line === null) return { fault: `the log does not say ${code}: ${served.stderr()}` }
  return { language: 'json', text: formatJson(toPage(line, [...words, ...more])) }
}

async function prepare(code: string, { env, files = {}, prepare }: StartCase, sandbox: Sandbox) {
  const folder = sandbox.folder(`start-${code}`)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  await prepare?.(folder)
  const place: Place = { cwd: folder, env: env?.(folder) ?? {} }
  const words: PageWord[] = [...sandbox.words, { real: folder, page: FOLDER }]
  return { place, words }
}

/** The error with its fix; the log comes before it. */
function errorIn(stderr: string, code: string, words: readonly PageWord[]): Outcome {
  const found = /^error: .*\nfix: .*$/m.exec(stderr)?.[0]
  if (!found?.startsWith(`error: ${code}: `)) return { fault: `not ${code}: ${stderr}` }
  return { language: 'text', text: toPage(found, words) }
}

async function writeNewerDatabase(folder: string): Promise<void> {
  const path = join(folder, 'core.db')
  await (await openDatabase(`sqlite:${path}`)).close()
  const newer = new DatabaseSync(path)
  newer.exec(`insert into oci_profiles_migrations values (99, 'from the future', '2100-01-01')`)
  newer.close()
}
