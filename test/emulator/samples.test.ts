/** The sample profiles: files as OCI's tools write them, each with the fault that it stands for. */
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  runEmulator,
  startEmulator,
  writeSampleProfiles,
  type Emulator,
  type SampleProfile,
} from '../../emulator/index.ts'
import { sendRequest, type Reply } from './send-request.ts'
import { signRequest } from './sign-request.ts'

type Section = Record<string, string>

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oci-samples-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Enough of the format for files that the emulator writes: no DEFAULT inheritance, no repetition. */
async function readSections(file: string): Promise<Map<string, Section>> {
  const sections = new Map<string, Section>()
  let section: Section = {}
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    const header = /^\[(.+)\]$/.exec(line)
    if (header !== null) sections.set(header[1]!, (section = {}))
    const entry = /^(\w+)=(.*)$/.exec(line)
    if (entry !== null) section[entry[1]!] = entry[2]!
  }
  return sections
}

/** What a client would do with the section, with Node alone. Throws where the key does not open. */
async function callWith(section: Section, port: number): Promise<Reply> {
  const pem = await readFile(section.key_file!, 'utf8')
  const privateKey = createPrivateKey({ key: pem, passphrase: section.pass_phrase })
  const publicKey = createPublicKey(privateKey)
  const token = section.security_token_file && (await readFile(section.security_token_file, 'utf8'))
  const keyId = token ? `ST$${token}` : `${section.tenancy}/${section.user}/${section.fingerprint}`
  const key = { privateKey, publicKey, privatePem: '', publicPem: '', fingerprint: '' }
  return sendRequest(signRequest({ key, keyId, port }), { port })
}

const outcome = async (call: Promise<Reply>) =>
  call.then(
    ({ status, headers }) => `${status} ${headers['content-type']}`,
    (error: unknown) => (error as NodeJS.ErrnoException).code ?? String(error),
  )

const JSON_TYPE = 'application/json'
/** What Node alone sees of each fault. */
const SEEN: Record<string, string | RegExp> = {
  DEFAULT: `200 ${JSON_TYPE}`,
  ENCRYPTED_KEY: `200 ${JSON_TYPE}`,
  SESSION: `200 ${JSON_TYPE}`,
  WRONG_FINGERPRINT: `401 ${JSON_TYPE}`,
  NO_KEY_FILE: 'ENOENT',
  PUBLIC_KEY: /ERR_OSSL|DECODER/,
  BROKEN_KEY: /ERR_OSSL|DECODER/,
  EC_KEY: `401 ${JSON_TYPE}`,
  SHORT_KEY: `401 ${JSON_TYPE}`,
  NO_PASS_PHRASE: /ERR_MISSING_PASSPHRASE|ERR_OSSL/,
  WRONG_PASS_PHRASE: 'ERR_OSSL_BAD_DECRYPT',
  EXPIRED_SESSION: `401 ${JSON_TYPE}`,
  UNKNOWN_AUTHENTICATION: `200 ${JSON_TYPE}`,
  NO_USER: `401 ${JSON_TYPE}`,
  UNKNOWN_USER: `401 ${JSON_TYPE}`,
  NO_POLICY: `404 ${JSON_TYPE}`,
  CLOCK_BEHIND: `401 ${JSON_TYPE}`,
  TOO_FAST: `429 ${JSON_TYPE}`,
  SERVICE_DOWN: `503 ${JSON_TYPE}`,
  GUEST_NETWORK: '200 text/html; charset=utf-8',
  CONNECTION_RESET: 'ECONNRESET',
}

describe('the sample profiles', () => {
  let emulator: Emulator
  beforeEach(async () => {
    emulator = await startEmulator()
  })
  afterEach(() => emulator.close())

  test('behave as they are meant to, every one', async () => {
    const { configFile, profiles } = await writeSampleProfiles(emulator, folder)
    const sections = await readSections(configFile)
    expect([...sections.keys()]).toEqual(profiles.map(({ name }) => name))
    expect(Object.keys(SEEN)).toEqual([...sections.keys()])
    const seen: Record<string, string> = {}
    for (const [name, section] of sections) {
      seen[name] = await outcome(callWith(section, emulator.port))
    }
    for (const [name, text] of Object.entries(seen)) {
      expect(`${name}: ${text}`).toMatch(SEEN[name]!)
    }
  })

  test('state what is expected of them', async () => {
    const { profiles } = await writeSampleProfiles(emulator, folder)
    const good = ({ useable, code }: SampleProfile) => useable && code === null
    const bad = ({ useable, code }: SampleProfile) => !useable && /^[A-Z_]+$/.test(code ?? '')
    expect(profiles.filter(good)).toHaveLength(3)
    expect(profiles.filter(bad)).toHaveLength(profiles.length - 3)
    expect(new Set(profiles.filter(bad).map(({ code }) => code)).size).toBe(profiles.length - 3)
  })

  test('look like real ones', async () => {
    const { configFile } = await writeSampleProfiles(emulator, folder)
    const sections = await readSections(configFile)
    const { DEFAULT, SESSION } = Object.fromEntries(sections)
    expect(DEFAULT).toMatchObject({
      user: expect.stringMatching(/^ocid1\.user\.oc1\.\.aaaaaaaa[a-z2-7]{52}$/),
      tenancy: expect.stringMatching(/^ocid1\.tenancy\.oc1\.\.aaaaaaaa[a-z2-7]{52}$/),
      fingerprint: expect.stringMatching(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/),
      region: 'eu-frankfurt-1',
    })
    expect(Object.keys(SESSION!)).toEqual([
      'fingerprint',
      'key_file',
      'tenancy',
      'region',
      'security_token_file',
    ])
    expect(await readdir(join(folder, 'sessions/SESSION'))).toEqual([
      'oci_api_key.pem',
      'oci_api_key_public.pem',
      'token',
    ])
    const pem = await readFile(SESSION!.key_file!, 'utf8')
    expect(pem).toMatch(
      /^-----BEGIN PRIVATE KEY-----\n[^]*-----END PRIVATE KEY-----\nOCI_API_KEY\n$/,
    )
    expect(await readFile(SESSION!.security_token_file!, 'utf8')).not.toMatch(/\s/)
  })

  test('are read by nobody else', async () => {
    await writeSampleProfiles(emulator, join(folder, 'new'))
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const { mode } = await stat(join(entry.parentPath, entry.name))
      expect(mode & 0o777).toBe(entry.isDirectory() ? 0o700 : 0o600)
    }
  })

  test('take a moment to make', async () => {
    const start = performance.now()
    await writeSampleProfiles(emulator, folder)
    // 0.2 s on a quiet machine. Making RSA keys is a matter of luck.
    expect(performance.now() - start).toBeLessThan(5000)
  })

  test('are made anew where they were made before', async () => {
    const first = await writeSampleProfiles(emulator, folder)
    await writeFile(join(folder, 'mine.txt'), 'keep')
    const second = await writeSampleProfiles(emulator, folder, 'working')
    expect(second.configFile).toBe(first.configFile)
    const sections = await readSections(second.configFile)
    expect([...sections.keys()]).toEqual(['DEFAULT', 'ENCRYPTED_KEY', 'SESSION'])
    expect(await readdir(join(folder, 'sessions'))).toEqual(['SESSION'])
    expect(await readFile(join(folder, 'mine.txt'), 'utf8')).toBe('keep')
  })

  test.each(['config', 'keys', 'sessions', 'principals'])(
    'never touch somebody’s %s',
    async (name) => {
      const path = join(folder, name)
      if (name === 'config') await writeFile(path, '[DEFAULT]\n')
      else await mkdir(path)
      const before = await readdir(folder, { recursive: true })
      await expect(writeSampleProfiles(emulator, folder)).rejects.toMatchObject({
        code: 'EEXIST',
        message: expect.stringContaining(path),
      })
      expect(await readdir(folder, { recursive: true })).toEqual(before)
    },
  )

  test('are read the same by Python', async ({ skip }) => {
    const { configFile } = await writeSampleProfiles(emulator, folder)
    const program = `import configparser, json, sys
parser = configparser.ConfigParser(interpolation=None, default_section='-')
parser.read(sys.argv[1])
print(json.dumps({name: dict(parser[name]) for name in parser.sections()}))`
    const output = await python(program, configFile)
    skip(output === null, 'no python3 here')
    const sections = await readSections(configFile)
    expect(JSON.parse(output!)).toEqual(Object.fromEntries(sections))
  })
})

describe('the sample profiles of principals', () => {
  test('are there when they are wished for, with what their environment has to hold', async () => {
    await using emulator = await startEmulator()
    const { configFile, profiles, env } = await writeSampleProfiles(emulator, folder, 'working', {
      principals: true,
    })
    const sections = await readSections(configFile)
    expect(Object.fromEntries([...sections].slice(3))).toEqual({
      INSTANCE_PRINCIPAL: { authentication: 'instance_principal' },
      OKE_WORKLOAD: { authentication: 'oke_workload_identity', region: 'eu-frankfurt-1' },
      RESOURCE_PRINCIPAL: { authentication: 'resource_principal' },
    })
    expect(profiles.map(({ name }) => name)).toEqual([...sections.keys()])
    expect(profiles.every(({ useable, code }) => useable && code === null)).toBe(true)
    expect(env).toEqual({
      OCI_METADATA_BASE_URL: `${emulator.url}/opc/v2`,
      KUBERNETES_SERVICE_HOST: '127.0.0.1',
      KUBERNETES_SERVICE_PORT_PROXYMUX: String(emulator.oke?.port),
      OCI_KUBERNETES_SERVICE_ACCOUNT_CERT_PATH: join(folder, 'principals/oke/ca.crt'),
      OCI_RESOURCE_PRINCIPAL_VERSION: '2.2',
      OCI_RESOURCE_PRINCIPAL_RPST: join(folder, 'principals/resource/rpst'),
      OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM: join(folder, 'principals/resource/key.pem'),
      OCI_RESOURCE_PRINCIPAL_REGION: 'eu-frankfurt-1',
    })
    expect(await readdir(join(folder, 'principals/oke'))).toEqual(['ca.crt', 'token'])
    const { mode } = await stat(env.OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM!)
    expect(mode & 0o777).toBe(0o600)
  })

  test('are not there otherwise', async () => {
    await using emulator = await startEmulator()
    const { env } = await writeSampleProfiles(emulator, folder)
    expect(env).toEqual({})
    expect(emulator.oke).toBeNull()
    expect(await readdir(folder)).not.toContain('principals')
  })
})

describe('runEmulator', () => {
  test('gives the environment of principals too', async () => {
    const running = await runEmulator({ dir: folder, principals: true })
    const headers = { authorization: 'Bearer Oracle' }
    const region = await fetch(`${running.env.OCI_METADATA_BASE_URL}/instance/region`, { headers })
    expect(await region.text()).toBe('eu-frankfurt-1')
    await running.close()
    await expect(fetch(running.url)).rejects.toThrow('fetch failed')
  })

  test('gives a config file that works with its URL, and ends', async () => {
    const running = await runEmulator({ dir: join(folder, 'deep/er') })
    expect(running.configFile).toBe(join(folder, 'deep/er/config'))
    expect(running.profiles.map(({ name }) => name)).toEqual([
      'DEFAULT',
      'ENCRYPTED_KEY',
      'SESSION',
    ])
    const port = Number(new URL(running.url).port)
    for (const section of (await readSections(running.configFile)).values()) {
      expect((await callWith(section, port)).status).toBe(200)
    }
    await running.close()
    await expect(fetch(running.url)).rejects.toThrow('fetch failed')
  })

  test('ends with its signal', async () => {
    const controller = new AbortController()
    const { url, close } = await runEmulator({
      dir: folder,
      samples: 'all',
      signal: controller.signal,
    })
    expect((await fetch(url)).status).toBe(401)
    controller.abort()
    const answers = () =>
      fetch(url).then(
        () => true,
        () => false,
      )
    await expect.poll(answers).toBe(false)
    await close()
  })

  test('does not begin when its signal has ended already', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(runEmulator({ dir: folder, signal })).rejects.toThrow('enough')
    expect(await readdir(folder)).toEqual([])
  })

  test('leaves the folder of one that runs alone, and takes it over when that has ended', async () => {
    const first = await runEmulator({ dir: folder })
    const before = await readFile(first.configFile, 'utf8')
    await expect(runEmulator({ dir: folder })).rejects.toMatchObject({
      code: 'EEXIST',
      message: expect.stringContaining(first.url),
    })
    expect(await readFile(first.configFile, 'utf8')).toBe(before)
    await first.close()
    const second = await runEmulator({ dir: folder })
    expect(await readFile(second.configFile, 'utf8')).toContain(second.url)
    await second.close()
  })

  test('makes folders beside others that make the same ones', async () => {
    await using emulator = await startEmulator()
    for (let round = 0; round < 10; round += 1) {
      const folders = ['a', 'b', 'c'].map((name) => join(folder, `round-${round}`, 'new', name))
      const written = Promise.all(folders.map((each) => writeSampleProfiles(emulator, each)))
      await expect(written).resolves.toHaveLength(3)
    }
  })

  test.runIf(process.platform === 'linux')('gives up where no folder can be made', async () => {
    const dir = '/proc/none/of/these'
    await expect(runEmulator({ dir })).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('leaves no server behind when the folder is somebody’s', async () => {
    await writeFile(join(folder, 'config'), '[DEFAULT]\n')
    const probe = await startEmulator()
    const { port } = probe
    await probe.close()
    await expect(runEmulator({ dir: folder, port })).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow('fetch failed')
  })
})

function python(program: string, ...args: string[]): Promise<string | null> {
  return new Promise((resolve, reject) => {
    execFile('python3', ['-c', program, ...args], (error, stdout) => {
      if (error === null) resolve(stdout)
      else if (error.code === ('ENOENT' as unknown)) resolve(null)
      else reject(new Error('python3 failed', { cause: error }))
    })
  })
}
