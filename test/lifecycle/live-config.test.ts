/** The service while its files change under it: everything here is what somebody does with a real file. */
import {
  appendFile,
  copyFile,
  mkdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { get, openSandbox, put, type Sandbox } from './sandbox.ts'

let sandbox: Sandbox
beforeEach(async () => (sandbox = await openSandbox()))
afterEach(() => sandbox.close())

const PATIENCE = { timeout: 10_000, interval: 50 }

const file = () => sandbox.samples.configFile
const text = () => readFile(file(), 'utf8')

/** With files that were there before: what was written in the moment of the start is checked once more. */
async function start(): Promise<Service> {
  await pause(50)
  const service = await sandbox.start()
  await service.checked
  return service
}

const names = async (service: Service) =>
  (await get(service, '/v1/oci-profiles')).json.map((profile: any) => profile.auth_profile)
const profile = async (service: Service, name: string) =>
  (await get(service, `/v1/oci-profiles/${name}`)).json
const configFile = async (service: Service) =>
  (await get(service, '/v1/health/ready')).json.config_file

/** The section of DEFAULT under another name: it works as DEFAULT does. */
async function copyOfDefault(name: string): Promise<string> {
  const [, section = ''] = /^\[DEFAULT\]\n([^[]*)/m.exec(await text()) ?? []
  return `\n[${name}]\n${section}`
}

const EDITS: [string, (content: string) => Promise<unknown>][] = [
  ['written in place', (content) => writeFile(file(), content)],
  [
    'replaced by a rename',
    async (content) => {
      await writeFile(`${file()}.new`, content)
      await rename(`${file()}.new`, file())
    },
  ],
  [
    'removed and written anew',
    async (content) => {
      await rm(file())
      await writeFile(file(), content)
    },
  ],
]

describe('the config file', () => {
  test.each(EDITS)('is followed when it is %s', async (_how, write) => {
    const service = await start()
    const [before] = (await get(service, '/v1/oci-profiles')).json
    await write(`# a line more\n${await text()}${await copyOfDefault('ADDED')}`)
    await expect
      .poll(() => profile(service, 'ADDED'), PATIENCE)
      .toMatchObject({ useable: true, check: { status: 'ok' }, origin: { kind: 'file' } })
    // What did not change was not checked again.
    const [after] = (await get(service, '/v1/oci-profiles')).json
    expect(after.check).toEqual(before.check)
    expect(after.origin.line).toBe(before.origin.line + 1)
  })

  test('is followed in a volume of Kubernetes, whose link is swapped', async () => {
    const mount = join(sandbox.folder, 'mount')
    const contents = { one: await text(), two: (await text()) + (await copyOfDefault('ADDED')) }
    for (const [version, content] of Object.entries(contents)) {
      await mkdir(join(mount, `..${version}`), { recursive: true })
      await writeFile(join(mount, `..${version}`, 'config'), content)
    }
    await symlink('..one', join(mount, '..data'))
    await symlink('..data/config', join(mount, 'config'))
    const service = await sandbox.start({ env: { OCI_CLI_CONFIG_FILE: join(mount, 'config') } })
    await symlink('..two', join(mount, '..data_tmp'))
    await rename(join(mount, '..data_tmp'), join(mount, '..data'))
    await expect.poll(() => names(service), PATIENCE).toContain('ADDED')
    await rm(join(mount, '..one'), { recursive: true })
    expect(await configFile(service)).toMatchObject({ state: 'read' })
  })

  test('may come after the service, in a folder that comes after it, too', async () => {
    const content = await text()
    const late = join(sandbox.folder, 'home', '.oci', 'config')
    const service = await sandbox.start({ env: { OCI_CLI_CONFIG_FILE: late } })
    expect(await configFile(service)).toMatchObject({ state: 'absent', code: null })
    await mkdir(dirname(late), { recursive: true })
    await writeFile(late, content)
    await expect.poll(() => names(service), PATIENCE).toContain('DEFAULT')
  })

  test('that goes away costs nothing, is told of, and is read when it is back', async () => {
    const service = await start()
    const before = await names(service)
    const content = await text()
    await rm(file())
    await expect
      .poll(() => configFile(service), PATIENCE)
      .toMatchObject({ state: 'missing', code: 'CONFIG_FILE_NOT_FOUND', kept: before.length })
    expect((await get(service, '/v1/health/ready')).json.status).toBe('degraded')
    expect(await names(service)).toEqual(before)
    expect((await profile(service, 'DEFAULT')).useable).toBe(true)
    await writeFile(file(), `${content}\n[ADDED]\nregion=eu-frankfurt-1\n`)
    await expect.poll(() => names(service), PATIENCE).toEqual([...before, 'ADDED'])
    expect(await configFile(service)).toMatchObject({ state: 'read', code: null, kept: 0 })
  })

  test('at fault keeps the last good state, says which line, and is logged without its text', async () => {
    const service = await start()
    const good = await text()
    const secret = 'CANARY-OF-A-PASS-PHRASE'
    await writeFile(file(), good.replace('[SESSION]', `[SESSION\n${secret}`))
    await expect.poll(() => configFile(service), PATIENCE).toMatchObject({ state: 'faulty' })
    const { line } = await configFile(service)
    expect((await text()).split('\n')[line - 1]).toBe('[SESSION')
    expect((await profile(service, 'SESSION')).useable).toBe(true)
    const { json } = await get(service, '/v1/oci-profiles/SESSION/diagnosis')
    expect(json.findings).toContainEqual(
      expect.objectContaining({ code: 'LAST_GOOD_KEPT', line, severity: 'warning' }),
    )
    const reload = await get(service, '/v1/oci-profiles/reload', { method: 'POST', body: '' })
    expect(reload.json.kept).toContain('SESSION')
    await writeFile(file(), good)
    await expect.poll(() => configFile(service), PATIENCE).toMatchObject({ state: 'read' })
    expect(JSON.stringify([sandbox.logged, json, reload.json])).not.toContain(secret)
  })

  test('leaves what the API changed until it says something new of that profile', async () => {
    const service = await start()
    await put(service, '/v1/oci-profiles/DEFAULT', { additional_user_agent: 'mine' })
    const { headers } = await fetch(`${service.url}/v1/oci-profiles/DEFAULT`, {
      headers: { 'x-api-key': service.apiKey.reveal() },
    })
    const etag = headers.get('etag') ?? ''
    await appendFile(file(), '\n[ADDED]\nregion=eu-frankfurt-1\n')
    await expect.poll(() => names(service), PATIENCE).toContain('ADDED')
    expect((await profile(service, 'DEFAULT')).additional_user_agent).toBe('mine')
    const content = await text()
    await writeFile(file(), content.replace('[DEFAULT]\n', '[DEFAULT]\nlog_requests=yes\n'))
    await expect
      .poll(() => profile(service, 'DEFAULT'), PATIENCE)
      .toMatchObject({ log_requests: true, additional_user_agent: '' })
    const late = await get(service, '/v1/oci-profiles/DEFAULT', {
      method: 'PUT',
      body: JSON.stringify({ additional_user_agent: 'too late' }),
      headers: {
        'x-api-key': service.apiKey.reveal(),
        'content-type': 'application/json',
        'if-match': etag,
      },
    })
    expect([late.status, late.json.code]).toEqual([412, 'PRECONDITION_FAILED'])
  })
})

describe('a key file', () => {
  test('that is replaced has its profiles checked again, and works again when it is back', async () => {
    const service = await start()
    const { key_file } = (await get(service, '/v1/oci-profiles/DEFAULT?include_sensitive=true'))
      .json
    await copyFile(key_file, `${key_file}.saved`)
    await writeFile(key_file, 'no key at all')
    await expect
      .poll(() => profile(service, 'DEFAULT'), PATIENCE)
      .toMatchObject({ useable: false, check: { code: 'KEY_INVALID' } })
    expect((await profile(service, 'SESSION')).useable).toBe(true)
    await rename(`${key_file}.saved`, key_file)
    await expect.poll(() => profile(service, 'DEFAULT'), PATIENCE).toMatchObject({ useable: true })
    const { json } = await get(service, '/v1/oci-profiles/default/checks')
    expect(json.checks.map(({ code }: any) => code)).toEqual([null, 'KEY_INVALID', null])
  })
})

test('a session tells when it ends', async () => {
  const service = await start()
  const { json } = await get(service, '/v1/checks')
  const ends = new Map(json.map((each: any) => [each.auth_profile, each.token_expires_at]))
  expect(Date.parse(String(ends.get('SESSION')))).toBeGreaterThan(Date.now())
  expect(ends.get('DEFAULT')).toBeNull()
})
