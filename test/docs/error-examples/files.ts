/** What commands say of files: faults of the config file, and what `doctor` doubts. Each has a file of its own. */
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FileCode } from '../../../src/errors.ts'
import { toPage } from '../page-words.ts'
import { REGION, TENANCY, USER, type Sandbox } from '../sandbox.ts'
import { linesOf, type Examples, type Outcome } from './example.ts'

interface FileCase {
  /** What is run; the option with the config file's path is put behind it. */
  command: readonly string[]
  /** Text of the config file; `null`: there is none, `folder`: there is a folder. */
  config: ((key: string) => string | Buffer) | null | 'folder'
  prepare?: (sandbox: Sandbox) => void
  /** What the output has in place of the code. */
  says?: string
}

const LIST = ['list']
const DOCTOR = ['doctor', 'PROD', '--offline']

/** As text of a section; `more` goes behind its five lines. */
function prod(fingerprint: string, more = '', changes: Record<string, string> = {}): string {
  const fields = {
    user: USER,
    fingerprint,
    tenancy: TENANCY,
    region: REGION,
    key_file: '~/.oci/key.pem',
    ...changes,
  }
  const lines = Object.entries(fields).map(([key, value]) => `${key}=${value}\n`)
  return `[PROD]\n${lines.join('')}${more}`
}

const faulty = (config: FileCase['config']): FileCase => ({ command: LIST, config })
const doubtful = (config: FileCase['config'], prepare?: FileCase['prepare']): FileCase => ({
  command: DOCTOR,
  config,
  ...(prepare && { prepare }),
})

/** All but the one that only a service that follows its file can give. */
const CASES: Record<Exclude<FileCode, 'LAST_GOOD_KEPT'>, FileCase> = {
  CONFIG_FILE_NOT_FOUND: { ...faulty(null), says: 'There is no config file' },
  CONFIG_FILE_UNREADABLE: faulty('folder'),
  STRAY_LINE: faulty((key) => `${prod(key)}the key of the new machine\n`),
  TEXT_BEFORE_SECTION: faulty((key) => `region=eu-frankfurt-1\n\n${prod(key)}`),
  DUPLICATE_SECTION: faulty((key) => `${prod(key)}\n${prod(key)}`),
  DUPLICATE_KEY: faulty((key) => prod(key, 'region=eu-paris-1\n')),
  BYTE_ORDER_MARK: faulty((key) => `\uFEFF${prod(key)}`),
  NOT_UTF8: faulty((key) => Buffer.from(prod(key, '# für den Betrieb\n'), 'latin1')),
  NAME_COLLISION: faulty((key) => `${prod(key)}\n${prod(key).replace('[PROD]', '[prod]')}`),
  UNKNOWN_KEY: doubtful((key) => prod(key, 'pasphrase=\n')),
  KEY_OF_OTHER_TOOL: doubtful((key) => prod(key, 'delegation_token_file=~/.oci/delegation\n')),
  VALUE_INVALID: doubtful((key) => prod(key, 'log_requests=sometimes\n')),
  KEY_CONTENT_IGNORED: doubtful((key) => prod(key, 'key_content=-----BEGIN PRIVATE KEY-----\n')),
  MIXED_IDENTITY: doubtful((key) => {
    return `[DEFAULT]\nuser=ocid1.user.oc1..aaaaaaaabob\n\n${prod(key).replace(/^user=.*\n/m, '')}`
  }),
  KEY_FILE_PERMISSIONS: doubtful(
    (key) => prod(key, '', { key_file: '~/.oci/open.pem' }),
    ({ write, keys }) => chmodSync(write('.oci/open.pem', keys.prod.privatePem), 0o644),
  ),
  KEY_FILE_RELATIVE: doubtful((key) => prod(key, '', { key_file: '.oci/key.pem' })),
  DIALECT: doubtful((key) => prod(key).replace('region=', 'region: ')),
  REGION_UNKNOWN: doubtful((key) => prod(key, '', { region: 'eu-frankfrut-1' })),
  TOKEN_EXPIRES_SOON: doubtful(
    () =>
      `[PROD]\ntenancy=${TENANCY}\nregion=${REGION}\nkey_file=~/.oci/key.pem\nsecurity_token_file=~/.oci/soon\n`,
    ({ write, emulator, keys: { prod } }) => {
      const { publicKey } = prod
      const known = { name: 'ada', tenancy: TENANCY, user: USER, namespace: 'axacme', publicKey }
      const identity = emulator.addIdentity(known)
      write('.oci/soon', emulator.mintSessionToken({ identity, publicKey, expiresInS: 210 }))
    },
  ),
}

/** One after the other: each is quick. */
export async function provokeFileFaults(sandbox: Sandbox): Promise<Examples> {
  const examples: Examples = new Map()
  sandbox.write('.oci/key.pem', sandbox.keys.prod.privatePem)
  for (const [index, [code, each]] of Object.entries(CASES).entries()) {
    examples.set(code as FileCode, await provoke(code, each, `.oci/config-${index}`, sandbox))
  }
  return examples
}

async function provoke(
  code: string,
  { command, config, prepare, says = code }: FileCase,
  path: string,
  sandbox: Sandbox,
): Promise<Outcome> {
  const file = join(sandbox.home, path)
  if (config === 'folder') mkdirSync(file)
  else if (config !== null) sandbox.write(path, config(sandbox.keys.prod.fingerprint))
  prepare?.(sandbox)
  const { stdout, stderr } = await sandbox.run([...command, '--config-file', file])
  const found = linesOf(`${stderr}\n${stdout}`, says)
  if (found === null) return { fault: `nothing says ${code}: ${stdout}${stderr}` }
  const words = [...sandbox.words, { real: file, page: '/home/ada/.oci/config' }]
  const fix = nextLine(stderr, 'fix: ')
  const text = found.startsWith('error: ') ? `${found}\n${fix}` : found
  return { language: 'text', text: toPage(text, words) }
}

function nextLine(output: string, start: string): string {
  return output.split('\n').find((line) => line.startsWith(start)) ?? ''
}
