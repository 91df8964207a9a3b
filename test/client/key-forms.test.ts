/** Forms of key files that other tools do not read, against these tools themselves; and the commands that mend them. */
import { execFileSync, spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { keyFingerprint, loadKeyForm, loadPrivateKey } from '../../src/client/index.ts'
import { Secret } from '../../src/secret.ts'

const PASS_PHRASE = 'canary-phrase'
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }) as string
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }) as string
const encryption = { format: 'pem', cipher: 'aes-256-cbc', passphrase: PASS_PHRASE } as const
const encrypted = privateKey.export({ type: 'pkcs8', ...encryption }) as string
const legacy = privateKey.export({ type: 'pkcs1', ...encryption }) as string

const lines = pkcs8.trimEnd().split('\n')
const [begin, end] = [lines[0]!, lines.at(-1)!]
const body = lines.slice(1, -1)
const after = (count: number, text: string) => [
  ...lines.slice(0, count),
  text,
  ...lines.slice(count),
]

type Form = [what: string, content: string | Buffer, unreadableFor: string[]]

const ORDINARY: Form[] = [
  ['as OpenSSL writes it', pkcs8, []],
  ['in the older frame', pkcs1, []],
  ['with CR LF', pkcs8.replaceAll('\n', '\r\n'), []],
  ['with the label of the OCI CLI', `${pkcs8}OCI_API_KEY`, []],
  ['with that label and CR LF', `${pkcs8}OCI_API_KEY\n`.replaceAll('\n', '\r\n'), []],
  ['with text behind it', `${pkcs8}\nmine\n`, []],
  ['with a byte order mark', `\ufeff${pkcs8}`, []],
  ['below empty lines', `\n\n${pkcs8}`, []],
  ['without a last line break', pkcs8.trimEnd(), []],
  ['with one long line', [begin, body.join(''), end].join('\n'), []],
  ['with blanks at the ends of lines', lines.map((line) => `${line}  `).join('\n'), []],
  ['encrypted', encrypted, []],
  ['encrypted in the old way', legacy, []],
  ['encrypted in the old way, with CR LF', legacy.replaceAll('\n', '\r\n'), []],
]

const STRANGE: Form[] = [
  ['below a label', `OCI_API_KEY\n${pkcs8}`, ['typescript_sdk']],
  ['below bag attributes', `Bag Attributes\n    localKeyID: 01\n${pkcs8}`, ['typescript_sdk']],
  ['below a label with CR LF', `mine\r\n${pkcs8.replaceAll('\n', '\r\n')}`, ['typescript_sdk']],
  ['in quotes', `"${pkcs8.trimEnd()}"\n`, ['typescript_sdk']],
  ['in quotes behind a name', `KEY='${pkcs8}'\n`, ['typescript_sdk']],
  ['in quotes, as one line', `"${begin}${body.join('')}${end}"\n`, ['typescript_sdk']],
  [
    'in quotes, with \\n for line breaks',
    `"${pkcs8.replaceAll('\n', String.raw`\n`)}"`,
    ['python_sdk', 'typescript_sdk'],
  ],
  ['below its public half', publicPem + pkcs8, ['typescript_sdk']],
  ['above its public half', pkcs8 + publicPem, ['typescript_sdk']],
  ['as one line', begin + body.join('') + end, ['typescript_sdk']],
  ['as one line with blanks', lines.join(' '), ['typescript_sdk']],
  ['with \\n for line breaks', pkcs8.replaceAll('\n', '\\n'), ['python_sdk', 'typescript_sdk']],
  ['with an empty line in the middle', after(6, '').join('\n'), ['python_sdk']],
  ['with an empty line before END', after(lines.length - 1, '').join('\n'), ['python_sdk']],
  ['with empty lines and CR LF', after(6, '').join('\r\n'), ['python_sdk']],
  ['in UTF-16', Buffer.from(`\ufeff${pkcs8}`, 'utf16le'), ['python_sdk', 'typescript_sdk']],
  [
    'encrypted in the old way, without the empty line',
    legacy.replace(/^(DEK-Info:.*\n)\n/m, '$1'),
    ['python_sdk'],
  ],
]

const FORMS = [...ORDINARY, ...STRANGE]

const folder = mkdtempSync(join(tmpdir(), 'oci-profiles-key-forms-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(content: string | Buffer, name = 'key.pem'): string {
  const path = join(folder, name)
  writeFileSync(path, content, { mode: 0o600 })
  return path
}

const passPhraseOf = (content: string | Buffer) =>
  /ENCRYPTED/.test(String(content)) ? PASS_PHRASE : null

async function unreadableFor(path: string): Promise<string[]> {
  const form = await loadKeyForm({ key_file: path })
  return [...new Set(form?.quirks.flatMap((quirk) => quirk.unreadableFor))].toSorted()
}

/** By form: whether the tool reads it. */
function askTool(command: string, script: string): boolean[] {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const keys = FORMS.map(([, content]) => {
    const bytes = Buffer.from(content)
    const passPhrase = passPhraseOf(content)
    return { bytes: bytes.toString('base64'), pem: bytes.toString('utf8'), passPhrase }
  })
  const output = execFileSync(command, [path], { input: JSON.stringify(keys), encoding: 'utf8' })
  return JSON.parse(output) as boolean[]
}

test.each(FORMS)(
  'a key %s is read here, and known to be unreadable for some',
  async (_, content, tools) => {
    const key_file = write(content)
    const phrase = passPhraseOf(content)
    const pass_phrase = phrase === null ? null : new Secret(phrase)
    const key = await loadPrivateKey({ key_file, key_content: null, pass_phrase })
    expect(keyFingerprint(key)).toBe(keyFingerprint(publicKey))
    expect(await unreadableFor(key_file)).toEqual(tools)
    expect((await loadKeyForm({ key_file }))?.isEncrypted).toBe(phrase !== null)
  },
)

test('the TypeScript SDK itself reads all others, and not these', () => {
  const readable = askTool(process.execPath, './children/read-keys-by-sdk.ts')
  const expected = FORMS.map(([what, , tools]) => [what, !tools.includes('typescript_sdk')])
  expect(FORMS.map(([what], index) => [what, readable[index]])).toEqual(expected)
})

const hasCryptography =
  spawnSync('python3', ['-c', 'import cryptography'], { stdio: 'ignore' }).status === 0
if (!hasCryptography) console.warn("SKIPPED: no python3 with cryptography, the Python SDK's reader")

test.skipIf(!hasCryptography)('the Python SDK reads all others, and not these', () => {
  const readable = askTool('python3', './children/read-keys-by-python.py')
  const expected = FORMS.map(([what, , tools]) => [what, !tools.includes('python_sdk')])
  expect(FORMS.map(([what], index) => [what, readable[index]])).toEqual(expected)
})

test('a key that is encrypted without PBKDF2 is none for the TypeScript SDK', async () => {
  // The name of another derivation in place of PBKDF2's: enough to tell it, though not to open it.
  const der = Buffer.from(encrypted.split('\n').slice(1, -2).join(''), 'base64')
  const otherwise = der.toString('hex').replace('2a864886f70d01050c', '2a864886f70d010503')
  const base64 = Buffer.from(otherwise, 'hex').toString('base64')
  const pem = `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${base64}\n-----END ENCRYPTED PRIVATE KEY-----\n`
  expect(await unreadableFor(write(encrypted))).toEqual([])
  expect(await unreadableFor(write(pem))).toEqual(['typescript_sdk'])
})

describe('the command of the fix', () => {
  const isPosix = process.platform !== 'win32'
  test.skipIf(!isPosix).each(STRANGE)('mends a key %s', async (_, content) => {
    const path = write(content)
    const form = await loadKeyForm({ key_file: path })
    for (const { command } of form!.quirks) {
      const mended = execFileSync('sh', ['-c', command(path)])
      writeFileSync(path, mended)
    }
    expect(await unreadableFor(path)).toEqual([])
    const pass_phrase = form!.isEncrypted ? new Secret(PASS_PHRASE) : null
    const key = await loadPrivateKey({ key_file: path, key_content: null, pass_phrase })
    expect(keyFingerprint(key)).toBe(keyFingerprint(publicKey))
  })
})

test.each([
  ['no file', null],
  ['a file that is not there', '/none/key.pem'],
  ['a file without a key', write(publicPem, 'public.pem')],
  ['a key that is cut off', write(pkcs8.slice(0, 700), 'cut.pem')],
])('%s has no form', async (_, key_file) => {
  expect(await loadKeyForm({ key_file })).toBeNull()
})
