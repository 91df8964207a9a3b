import { execFile, spawnSync } from 'node:child_process'
import { createPublicKey, generateKeyPairSync, sign, verify, X509Certificate } from 'node:crypto'
import { chmodSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { keyFingerprint, loadPrivateKey } from '../../src/client/index.ts'
import { OciProfilesError } from '../../src/errors.ts'
import { createProfile } from '../../src/schemas/index.ts'
import { makeLoopbackCertificate } from '../fixtures/certificates.ts'
import { testKey } from '../fixtures/identities.ts'
import {
  exportKey,
  exportWithScrypt,
  goodKey,
  goodPublicKey,
  keyWithDes,
  keyWithRounds,
  keyWithScrypt,
  mixedUpKey,
  opensshKey,
  PASS_PHRASE,
  pem,
  rsaPair,
} from './key-material.ts'
import { makeFolder, tempFolder } from './temp-folder.ts'

const write = tempFolder()
const pkcs1 = exportKey(goodKey, 'pkcs1')
const pkcs8 = exportKey(goodKey, 'pkcs8')
const pkcs1Encrypted = exportKey(goodKey, 'pkcs1', PASS_PHRASE)
const pkcs8Encrypted = exportKey(goodKey, 'pkcs8', PASS_PHRASE)
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const certificate = makeLoopbackCertificate(await testKey())

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

function load(key: string | Buffer, passPhrase?: string) {
  const key_file = write('key.pem', key)
  return loadPrivateKey(createProfile({ auth_profile: 'P', key_file, pass_phrase: passPhrase }))
}

function loadContent(key_content: string, passPhrase?: string) {
  return loadPrivateKey(createProfile({ auth_profile: 'P', key_content, pass_phrase: passPhrase }))
}

const flattened = (text: string) => text.trim().replaceAll('\n', ' ')
const escaped = (text: string) => text.replaceAll('\n', '\\n')

describe('loadPrivateKey opens', () => {
  test.for<[string, string | Buffer, string?]>([
    ['PKCS#1', pkcs1],
    ['PKCS#8', pkcs8],
    ['encrypted PKCS#1', pkcs1Encrypted, PASS_PHRASE],
    ['encrypted PKCS#8', pkcs8Encrypted, PASS_PHRASE],
    ['PKCS#8 encrypted with scrypt', exportWithScrypt(goodKey, PASS_PHRASE), PASS_PHRASE],
    [
      'encrypted PKCS#1 without the blank line after DEK-Info',
      pkcs1Encrypted.replace('\n\n', '\n'),
      PASS_PHRASE,
    ],
    ['a plain key beside a pass phrase', pkcs8, PASS_PHRASE],
    ['Windows line ends', pkcs8.replaceAll('\n', '\r\n')],
    ['old Macintosh line ends', pkcs1.replaceAll('\n', '\r')],
    ['a byte order mark', `\uFEFF${pkcs8}`],
    ['UTF-16, as Notepad can save it', Buffer.from(`\uFEFF${pkcs8}`, 'utf16le')],
    ['the label that OCI asks for', `${pkcs8}OCI_API_KEY\n`],
    ['text before and after', `Bag Attributes\n    friendlyName: x\n${pkcs8}\nand so on\n`],
    ['indented lines', pkcs8.replaceAll(/^/gm, '    ')],
    ['no line end at the end', pkcs8.trim()],
    [
      'the public half in front',
      `${goodPublicKey.export({ type: 'spki', format: 'pem' })}${pkcs8}`,
    ],
    ['a certificate in front', certificate + pkcs8],
    ['line ends written as \\n', escaped(pkcs8)],
    ['an encrypted key with line ends written as \\n', escaped(pkcs1Encrypted), PASS_PHRASE],
    ['all on one line', flattened(pkcs8)],
    ['an encrypted key all on one line', flattened(pkcs1Encrypted), PASS_PHRASE],
  ])('%s', async ([, text, passPhrase]) => {
    const key = await load(text, passPhrase)
    const proof = sign('RSA-SHA256', Buffer.from('x'), key)
    expect(verify('RSA-SHA256', Buffer.from('x'), goodPublicKey, proof)).toBe(true)
  })

  test('key_content, and prefers key_file', async () => {
    const fingerprint = keyFingerprint(goodPublicKey)
    expect(keyFingerprint(await loadContent(escaped(pkcs8)))).toBe(fingerprint)
    const key_file = write('preferred.pem', pkcs8)
    const both = createProfile({ auth_profile: 'P', key_file, key_content: 'nonsense' })
    expect(keyFingerprint(await loadPrivateKey(both))).toBe(fingerprint)
  })
})

describe('loadPrivateKey refuses', () => {
  const ed25519 = generateKeyPairSync('ed25519').privateKey
  const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey
  const publicPem = goodPublicKey.export({ type: 'spki', format: 'pem' })

  test.for<[string, string | Buffer, string | undefined, string, RegExp]>([
    ['an empty file', '', undefined, 'KEY_INVALID', /is empty/],
    ['white space', ' \r\n\t', undefined, 'KEY_INVALID', /is empty/],
    ['prose', 'hello', undefined, 'KEY_INVALID', /not a private key in PEM/],
    ['the public half', publicPem, undefined, 'KEY_IS_PUBLIC', /public half/],
    [
      'the public half of PKCS#1',
      goodPublicKey.export({ type: 'pkcs1', format: 'pem' }),
      undefined,
      'KEY_IS_PUBLIC',
      /public half/,
    ],
    [
      'the public half for SSH',
      'ssh-rsa AAAAB3NzaC1yc2E me@here',
      undefined,
      'KEY_IS_PUBLIC',
      /OpenSSH/,
    ],
    [
      'the public half of SSH2',
      '---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----\n',
      undefined,
      'KEY_IS_PUBLIC',
      /public half/,
    ],
    ['a certificate', certificate, undefined, 'KEY_INVALID', /certificate and not a key/],
    ['an EC key', exportKey(ec.privateKey, 'sec1'), undefined, 'KEY_NOT_RSA', /type EC/],
    ['an EC key in PKCS#8', exportKey(ec.privateKey, 'pkcs8'), undefined, 'KEY_NOT_RSA', /type ec/],
    ['an Ed25519 key', exportKey(ed25519, 'pkcs8'), undefined, 'KEY_NOT_RSA', /ed25519/],
    ['an RSA-PSS key', exportKey(pss, 'pkcs8'), undefined, 'KEY_NOT_RSA', /rsa-pss/],
    [
      'an RSA key of OpenSSH',
      opensshKey('ssh-rsa'),
      undefined,
      'KEY_INVALID',
      /OpenSSH's own format/,
    ],
    [
      'an Ed25519 key of OpenSSH',
      opensshKey('ssh-ed25519'),
      undefined,
      'KEY_NOT_RSA',
      /ssh-ed25519/,
    ],
    ['a key of PuTTY', 'PuTTY-User-Key-File-3: ssh-rsa\n', undefined, 'KEY_INVALID', /PuTTY/],
    [
      'a binary key',
      goodKey.export({ type: 'pkcs8', format: 'der' }),
      undefined,
      'KEY_INVALID',
      /DER/,
    ],
    [
      '1024 bits',
      exportKey(rsaPair(1024).privateKey, 'pkcs8'),
      undefined,
      'KEY_TOO_SHORT',
      /1024 bits/,
    ],
    ['a key cut off', pkcs8.slice(0, 900), undefined, 'KEY_INVALID', /damaged/],
    ['a key with a hole', pkcs8.replace(/\n.*\n/, '\n??\n'), undefined, 'KEY_INVALID', /damaged/],
    [
      'a frame around nothing',
      pem('PRIVATE KEY', Buffer.alloc(0)),
      undefined,
      'KEY_INVALID',
      /damaged/,
    ],
    [
      'a frame around rubbish',
      pem('PRIVATE KEY', Buffer.alloc(99, 7)),
      undefined,
      'KEY_INVALID',
      /damaged/,
    ],
    ['parts of two keys', mixedUpKey(), undefined, 'KEY_INVALID', /do not belong together/],
    [
      'another kind of PEM',
      pem('PGP MESSAGE', Buffer.alloc(9)),
      undefined,
      'KEY_INVALID',
      /PGP MESSAGE/,
    ],
    [
      'an encrypted PKCS#1 without pass phrase',
      pkcs1Encrypted,
      undefined,
      'PASS_PHRASE_MISSING',
      /encrypted/,
    ],
    [
      'an encrypted PKCS#8 without pass phrase',
      pkcs8Encrypted,
      undefined,
      'PASS_PHRASE_MISSING',
      /encrypted/,
    ],
    [
      'a wrong pass phrase for PKCS#1',
      pkcs1Encrypted,
      'wrong',
      'PASS_PHRASE_WRONG',
      /does not open/,
    ],
    [
      'a wrong pass phrase for PKCS#8',
      pkcs8Encrypted,
      'wrong',
      'PASS_PHRASE_WRONG',
      /does not open/,
    ],
    [
      'a pass phrase of 5000 characters',
      pkcs8Encrypted,
      'w'.repeat(5000),
      'PASS_PHRASE_WRONG',
      /not open/,
    ],
    ['a cipher of the last century', keyWithDes(), PASS_PHRASE, 'KEY_INVALID', /old way/],
    [
      'an encrypted frame around rubbish',
      pem('ENCRYPTED PRIVATE KEY', Buffer.alloc(99, 7)),
      PASS_PHRASE,
      'KEY_INVALID',
      /damaged/,
    ],
  ])('%s', async ([, text, passPhrase, code, message]) => {
    const refusal = await load(text, passPhrase).catch((error: unknown) => error)
    const field = code.startsWith('PASS_PHRASE') ? 'pass_phrase' : 'key_file'
    expect(refusal).toMatchObject({ code, field, message: expect.stringMatching(message) })
    expect(refusal).toHaveProperty('fix', expect.stringMatching(/\S/))
    if (passPhrase) expect(JSON.stringify(refusal) + String(refusal)).not.toContain(passPhrase)
  })

  test.for<[string, string | Buffer, RegExp, RegExp]>([
    ['a pointer', 'version https://git-lfs.github.com/spec/v1\n', /Git LFS/, /git lfs pull/],
    ['a vault', '$ANSIBLE_VAULT;1.1;AES256\n31', /Ansible Vault/, /ansible-vault decrypt \//],
    ['a file of SOPS', 'key: ENC[AES256_GCM,data:x]\nsops:\n', /SOPS/, /sops decrypt/],
    ['a file of age', 'age-encryption.org/v1\n-> X25519', /by age/, /age --decrypt/],
    ['a file of git-crypt', '\0GITCRYPT\0x', /git-crypt/, /git-crypt unlock/],
    ['a message of PGP', pem('PGP MESSAGE', Buffer.alloc(9)), /PGP/, /gpg --decrypt/],
    ['a page', '<!DOCTYPE html><html>', /web page/, /Download the key again/],
    ['a JSON Web Key', '{"kty": "RSA", "n": "x"}', /JSON Web Key/, /Export/],
    [
      'a config file',
      '[DEFAULT]\nuser=x\nkey_file=y\n',
      /config file/,
      /that key_file names in it/,
    ],
    ['a token', `ST$${'eyJhbGciOiJSUzI1NiJ9'}.e30.c2ln`, /session token/, /Name the private key/],
    [
      'a request',
      pem('CERTIFICATE REQUEST', Buffer.alloc(9)),
      /request for/,
      /request was made with/,
    ],
    [
      'a certificate in DER',
      new X509Certificate(certificate).raw,
      /certificate \(DER\)/,
      /belongs to/,
    ],
  ])('%s by its name, with a way out', async ([, text, message, fix]) => {
    const refusal = await load(text).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'KEY_INVALID' })
    expect(refusal).toHaveProperty('message', expect.stringMatching(message))
    expect(refusal).toHaveProperty('fix', expect.stringMatching(fix))
  })

  test.each([
    ['the public half in DER', goodPublicKey.export({ type: 'spki', format: 'der' })],
    ['the public half without its frame', publicPem.toString().replaceAll(/-----.*-----\n/g, '')],
  ])('%s', async (_what, text) => {
    await expect(load(text)).rejects.toMatchObject({ code: 'KEY_IS_PUBLIC' })
  })

  test.each<[string, string, string | Buffer]>([
    ['is a PEM file in Base64 once more', 'b64', Buffer.from(pkcs8).toString('base64')],
    [
      'is binary (DER) and not in PEM',
      'pkcs8.der',
      goodKey.export({ type: 'pkcs8', format: 'der' }),
    ],
    [
      'is binary (DER) and not in PEM',
      'pkcs1.der',
      goodKey.export({ type: 'pkcs1', format: 'der' }),
    ],
    ['lacks its first and its last line', 'body', pkcs8.replaceAll(/-----.*-----\n/g, '')],
    ['lacks its first and its last line', 'line', pkcs1.replaceAll(/-----.*-----|\n/g, '')],
    ['five hyphens on each side', 'one dash less', pkcs8.replaceAll('-----', '----')],
    ['five hyphens on each side', "it's –", pkcs1.replaceAll('-----', '–––––')],
  ])('a key that %s, with the command that mends it (%s)', async (what, name, text) => {
    const key_file = write(name, text)
    const read = () => loadPrivateKey(createProfile({ auth_profile: 'P', key_file }))
    const refusal = await read().catch((error: unknown) => error as OciProfilesError)
    if (!(refusal instanceof OciProfilesError)) throw new Error('it was read')
    expect([refusal.code, refusal.message]).toEqual(['KEY_INVALID', expect.stringContaining(what)])
    if (refusal.fix.includes('openssl') && !hasOpenssl) return
    const [, command = ''] = /^(?:Run|Decode it|Convert it to PEM): (.*)$/.exec(refusal.fix) ?? []
    const { stdout } = await promisify(execFile)('sh', ['-c', command])
    expect(stdout).toBe('')
    expect(keyFingerprint(await read())).toBe(keyFingerprint(goodKey))
    expect((await stat(key_file)).mode & 0o777).toBe(0o600)
  })

  test.skipIf(!hasOpenssl)('a key in the way of the last century, with its command', async () => {
    const key_file = write('old.pem', pkcs8)
    const phrase = 'plain-words'
    const legacy = `-provider legacy -provider default -passout pass:${phrase}`
    const encrypt = `openssl rsa -in ${key_file} -des -traditional ${legacy} -out ${key_file}`
    await promisify(execFile)('sh', ['-c', encrypt])
    const fields = { auth_profile: 'P', key_file, pass_phrase: phrase }
    const read = () => loadPrivateKey(createProfile(fields))
    const refusal = await read().catch((error: unknown) => error as OciProfilesError)
    if (!(refusal instanceof OciProfilesError)) throw new Error('it was read')
    const [, command = ''] = /^Encrypt it anew: (.*)$/.exec(refusal.fix) ?? []
    const answers = `-topk8 -passin pass:${phrase} -passout pass:${phrase}`
    await promisify(execFile)('sh', ['-c', command.replace('-topk8', answers)])
    expect(keyFingerprint(await read())).toBe(keyFingerprint(goodKey))
  })

  test.each<[string, string]>([
    ['on one line', pkcs8.replaceAll('\n', ' ')],
    ['with its line breaks as letters', pkcs8.replaceAll('\n', String.raw`\n`)],
    ['with old line ends', pkcs8.replaceAll('\n', '\r')],
    ['with words behind the frame', pkcs8.replace('KEY-----', 'KEY----- mine')],
  ])('a key with bad dashes, %s, without a command that would lose it', async (_what, text) => {
    const refusal = await load(text.replaceAll('-----', '—')).catch((error: unknown) => error)
    expect(refusal).toMatchObject({
      code: 'KEY_INVALID',
      fix: 'Write its first line as -----BEGIN PRIVATE KEY-----, and its last one as -----END PRIVATE KEY-----.',
    })
  })

  test.each([
    ['a page that tells of keys', '<html>----BEGIN PRIVATE KEY----</html>', /web page/],
    [
      'a text that tells of keys',
      '# How to\nBEGIN PRIVATE KEY is the first line',
      /not a private key/,
    ],
  ])('%s is no key with a bad frame', async (_what, text, message) => {
    await expect(load(text)).rejects.toThrow(message)
  })

  test('a long text of any kind, in no time', async () => {
    const texts = [
      '[a]\n'.repeat(200) + '\n'.repeat(63_000),
      '[a]\n'.repeat(16_000),
      `{${'"kty" '.repeat(10_000)}`,
      '—'.repeat(20_000),
      'BEGIN PRIVATE KEY'.repeat(3_000),
    ]
    const startedAt = performance.now()
    for (const text of texts)
      await expect(load(text)).rejects.toMatchObject({ code: 'KEY_INVALID' })
    expect(performance.now() - startedAt).toBeLessThan(2000)
  })

  test('a command that finds no file leaves none behind', async () => {
    const folder = dirname(write('there.pem', pkcs8))
    const key_file = write('body.pem', pkcs8.replaceAll(/-----.*-----\n/g, ''))
    const refusal = loadPrivateKey(createProfile({ auth_profile: 'P', key_file }))
    const { fix } = await refusal.then(
      () => ({ fix: '' }),
      (error: unknown) => error as OciProfilesError,
    )
    const elsewhere = fix.replace(/^Run: /, '').replaceAll(key_file, join(folder, 'gone.pem'))
    await expect(promisify(execFile)('sh', ['-c', elsewhere])).rejects.toThrow('gone.pem')
    await expect(stat(join(folder, 'gone.pem'))).rejects.toThrow('ENOENT')
  })

  test.each([
    ['Base64 of a PEM file', Buffer.from(pkcs8).toString('base64'), /^Decode it first/],
    ['a body without its frame', pkcs8.replaceAll(/-----.*-----\n/g, ''), /^Write them around it/],
    [
      'a frame of four hyphens',
      pkcs8.replaceAll('-----', '----'),
      /^Write its first line as -----BEGIN PRIVATE KEY-----, and/,
    ],
    ['prose', 'hello', /^Write the text of the private key/],
  ])('%s in key_content', async (_what, text, fix) => {
    const refusal = { code: 'KEY_INVALID', field: 'key_content', fix: expect.stringMatching(fix) }
    await expect(loadContent(text)).rejects.toMatchObject(refusal)
  })

  test.each([
    ['with the command to do it', 'id_rsa', (path: string) => path],
    ['in a file whose name has blanks', 'my id', (path: string) => `'${path}'`],
  ])('a key that OpenSSH can convert, %s', async (_what, name, word) => {
    const key_file = write(name, opensshKey('ssh-rsa'))
    const refusal = loadPrivateKey(createProfile({ auth_profile: 'P', key_file }))
    await expect(refusal).rejects.toMatchObject({
      fix: expect.stringContaining(`ssh-keygen -p -m PEM -f ${word(key_file)}`),
    })
  })

  test('a path where the text of the key belongs', async () => {
    const refusal = loadContent('~/.oci/key.pem')
    await expect(refusal).rejects.toMatchObject({
      code: 'KEY_INVALID',
      field: 'key_content',
      fix: expect.stringContaining('key_file'),
    })
  })

  test('a profile without a key', async () => {
    const refusal = loadPrivateKey(createProfile({ auth_profile: 'P' }))
    await expect(refusal).rejects.toMatchObject({ code: 'FIELD_MISSING', field: 'key_file' })
  })

  test.for<[string, string]>([
    ['two thousand million rounds', keyWithRounds(2_000_000_000)],
    ['more rounds than a number can say', keyWithRounds(2 ** 47)],
    ['scrypt for hours', keyWithScrypt(16_384, 8, 100_000)],
  ])('a key that asks for %s, without doing them', async ([, text]) => {
    const startedAt = performance.now()
    const refusal = await load(text, PASS_PHRASE).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'KEY_INVALID', message: expect.stringMatching(/rounds/) })
    expect(performance.now() - startedAt).toBeLessThan(1000)
  })

  test('a text made of nothing but beginnings, in no time', async () => {
    const startedAt = performance.now()
    const text = '-----BEGIN PRIVATE KEY-----\n'.repeat(2300)
    await expect(load(text)).rejects.toMatchObject({ code: 'KEY_INVALID' })
    expect(performance.now() - startedAt).toBeLessThan(1000)
  })
})

describe('loadPrivateKey says of a file', () => {
  const at = (key_file: string) => loadPrivateKey(createProfile({ auth_profile: 'P', key_file }))
  const folder = dirname(write('there.pem', pkcs8))

  test.for<[string, string, string, RegExp]>([
    ['that it is not there', join(folder, 'nowhere.pem'), 'KEY_FILE_NOT_FOUND', /does not exist/],
    ['whose folder is a file', join(folder, 'there.pem', 'x'), 'KEY_FILE_NOT_FOUND', /no folder/],
    ['that it is a directory', folder, 'KEY_FILE_UNREADABLE', /is a directory/],
    [
      'that it is too large',
      write('large.pem', 'x'.repeat(65_537)),
      'KEY_FILE_UNREADABLE',
      /64 KiB/,
    ],
    ['that it is a device', '/dev/null', 'KEY_FILE_UNREADABLE', /not a regular file/],
  ])('%s', async ([, path, code, message]) => {
    const expected = { code, field: 'key_file', message: expect.stringMatching(message) }
    await expect(at(path)).rejects.toMatchObject(expected)
    await expect(at(path)).rejects.toThrow(path)
  })

  test('that nobody writes into it: a pipe is not waited for', async () => {
    const path = join(makeFolder(), 'pipe')
    await promisify(execFile)('mkfifo', [path])
    await expect(at(path)).rejects.toMatchObject({ code: 'KEY_FILE_UNREADABLE' })
  })

  test.skipIf(process.getuid?.() === 0)('that this user may not read it', async () => {
    const path = write('secret.pem', pkcs8)
    chmodSync(path, 0)
    await expect(at(path)).rejects.toMatchObject({
      code: 'KEY_FILE_UNREADABLE',
      message: expect.stringContaining('EACCES'),
    })
  })
})

test('a wrong pass phrase leaves the process alive', async () => {
  const script = `
    import { loadPrivateKey } from ${JSON.stringify(new URL('../../src/client/index.ts', import.meta.url).href)}
    import { Secret } from ${JSON.stringify(new URL('../../src/secret.ts', import.meta.url).href)}
    for (const text of JSON.parse(process.env.KEYS)) {
      for (let n = 0; n < 300; n += 1) {
        const profile = { key_file: null, key_content: new Secret(text), pass_phrase: new Secret('wrong' + n) }
        const error = await loadPrivateKey(profile).catch((error) => error)
        if (error.code !== 'PASS_PHRASE_WRONG') throw error
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
    console.log('alive')`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module-typescript', '-e', script],
    {
      env: { ...process.env, KEYS: JSON.stringify([pkcs1Encrypted, pkcs8Encrypted]) },
    },
  )
  expect(stdout).toBe('alive\n')
})

test('keyFingerprint is the MD5 of the public key, the same for both halves', () => {
  expect(keyFingerprint(goodKey)).toMatch(/^(?:[0-9a-f]{2}:){15}[0-9a-f]{2}$/)
  expect(keyFingerprint(goodKey)).toBe(keyFingerprint(createPublicKey(goodKey)))
})

test('keyFingerprint agrees with another way to it', async () => {
  const { privateKey, fingerprint } = await testKey()
  expect(keyFingerprint(privateKey)).toBe(fingerprint)
})
