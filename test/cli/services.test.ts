/** `serve`, `emulator` and `demo`: programs that run until they are told to stop. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { section, writeConfig } from './config-files.ts'
import { makeFolder, runHere, runProgram, startProgram, type Place } from './program.ts'

const LISTENING = /oci-profiles is listening on (\S+)/
const LINK = /(http:\S+)\/#api_key=(\S+)/
const DEMO_READY = /Ctrl-C ends the demo/

function get(url: string, key?: string) {
  return fetch(url, { headers: key === undefined ? {} : { 'X-API-Key': key } })
}

/** A port that somebody else listens on. */
async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** For a service inside the test: its default database would be that of whoever runs the test. */
function ownDatabase(): Record<string, string> {
  return { OCI_PROFILES_DATABASE_URL: `sqlite:${join(makeFolder(), 'core.db')}` }
}

describe('serve', () => {
  const start = (args: readonly string[] = [], place: Place = {}) =>
    startProgram(['serve', '--port', '0', ...args], place)

  test('says where it listens, with the key that it made, and stops in good order', async () => {
    const file = writeConfig(section('ONE'))
    const program = start(['--config-file', file])
    const [, url, key = ''] = await program.printed(LINK)
    expect(program.stdout()).toBe(
      `oci-profiles is listening on ${url}\n` +
        `Console, with the API key of this run, shown this once: ${url}/#api_key=${key}\n`,
    )
    expect((await get(`${url}/v1/oci-profiles`)).status).toBe(401)
    const answer = await get(`${url}/v1/oci-profiles/one`, key)
    expect(await answer.json()).toMatchObject({ auth_profile: 'ONE', useable: false })
    program.child.kill('SIGTERM')
    const { code, stderr } = await program.ended
    expect(code).toBe(0)
    expect(stderr).not.toContain(key)
    for (const line of stderr.trimEnd().split('\n')) {
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), msg: expect.any(String) })
    }
  })

  test('is stopped by Ctrl-C, too', async () => {
    const program = start()
    await program.printed(LISTENING)
    program.child.kill('SIGINT')
    expect((await program.ended).code).toBe(0)
  })

  test('shows no key that was set', async () => {
    const env = { OCI_PROFILES_API_KEY: 'a-key-that-was-set-by-somebody-else' }
    const program = start([], { env })
    const [, url = ''] = await program.printed(LISTENING)
    expect((await get(`${url}/v1/oci-profiles`, env.OCI_PROFILES_API_KEY)).status).toBe(200)
    program.child.kill('SIGTERM')
    const { stdout, stderr } = await program.ended
    expect(stdout).toBe(`oci-profiles is listening on ${url}\n`)
    expect(stderr).not.toContain(env.OCI_PROFILES_API_KEY)
  })

  test('a second Ctrl-C, a while later, does not wait for requests that run', async () => {
    const program = start(['--debug'])
    const [, url = '', key = ''] = await program.printed(LINK)
    const { hostname, port } = new URL(url)
    // A request whose body never ends.
    const { connect } = await import('node:net')
    const socket = connect(Number(port), hostname)
    socket.on('error', () => {})
    onTestFinished(() => void socket.destroy())
    socket.write(
      `POST /v1/oci-profiles HTTP/1.1\r\nHost: ${hostname}:${port}\r\nX-API-Key: ${key}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    )
    await new Promise((resolve) => setTimeout(resolve, 200))
    program.child.kill('SIGINT')
    await program.printed(/stopping/)
    // As npm does it: the same key, passed on at once.
    program.child.kill('SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(program.child.exitCode).toBe(null)
    program.child.kill('SIGINT')
    expect((await program.ended).code).toBe(130)
  })

  test('goes on when nobody reads what it prints', async () => {
    const program = start()
    program.child.stdout?.destroy()
    const [line = ''] = await program.printed(/.*"msg":"listening".*/)
    const { url } = JSON.parse(line)
    expect((await get(`${url}/v1/health/live`)).status).toBe(200)
    program.child.kill('SIGTERM')
    expect((await program.ended).code).toBe(0)
  })

  interface Refused {
    what: string
    args: string[]
    env?: Record<string, string>
    code: number
    says: string
  }
  const REFUSED: Refused[] = [
    { what: 'a port that is none', args: ['--port', '80a'], code: 2, says: 'SETTING_INVALID' },
    {
      what: 'the world without a key',
      args: ['--host', '0.0.0.0'],
      code: 2,
      says: 'API_KEY_REQUIRED',
    },
    {
      what: 'an address elsewhere',
      args: ['--host', '192.0.2.1'],
      env: { OCI_PROFILES_API_KEY: 'a'.repeat(32) },
      code: 1,
      says: 'ADDRESS_UNAVAILABLE',
    },
    {
      what: 'a wrong variable',
      args: [],
      env: { OCI_PROFILES_LOG_LEVEL: 'loud' },
      code: 2,
      says: 'SETTING_INVALID',
    },
    {
      what: 'a folder as config file',
      args: ['--config-file', '/'],
      code: 3,
      says: 'CONFIG_FILE_UNREADABLE',
    },
  ]
  test.each(REFUSED)(
    'does not start with $what: exit code $code',
    async ({ args, env, code, says }) => {
      const ended = await runHere(['serve', ...args], {
        env: { OCI_PROFILES_PORT: '0', ...ownDatabase(), ...env },
      })
      expect(ended).toMatchObject({ code, stdout: '' })
      expect(ended.stderr).toMatch(new RegExp(`^error: ${says}: .+\nfix: .+\n$`, 'm'))
    },
  )

  test('does not start on a port that is taken: exit code 1', async () => {
    const port = await takenPort()
    const { code, stderr } = await runHere(['serve', '--port', String(port)], {
      env: ownDatabase(),
    })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error: PORT_IN_USE: /m)
  })

  test('does not start with a configuration.json that is broken: exit code 2', async () => {
    const cwd = makeFolder()
    writeFileSync(join(cwd, 'configuration.json'), '{"port": 1')
    const { code, stderr } = await runHere(['serve'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^error: CONFIGURATION_FILE_INVALID: /m)
  })
})

test.each(['emulator', 'demo'])('%s names TMPDIR where that is no folder', async (command) => {
  const { code, stderr } = await runProgram([command], { env: { TMPDIR: '/nonexistent' } })
  expect(code).toBe(2)
  expect(stderr).toMatch(
    /^error: SETTING_INVALID: No folder can be made in \/nonexistent, .*\nfix: Set TMPDIR/,
  )
})

describe('emulator', () => {
  test('prints the variables that make check work, and removes its folder at the end', async () => {
    const tmp = makeFolder()
    const program = startProgram(['emulator'], { env: { TMPDIR: tmp } })
    await program.printed(/OCI_CLI_CONFIG_FILE=.*\n/)
    const lines = program.stdout().trimEnd().split('\n')
    const env = Object.fromEntries(
      lines.map((line) =>
        line
          .replace(/^export /, '')
          .split(/=(.*)/)
          .slice(0, 2),
      ),
    )
    expect(Object.keys(env)).toEqual(
      expect.arrayContaining([
        'OCI_PROFILES_ENDPOINT_URL',
        'OCI_CLI_CONFIG_FILE',
        'OCI_METADATA_BASE_URL',
        'KUBERNETES_SERVICE_HOST',
        'OCI_RESOURCE_PRINCIPAL_VERSION',
      ]),
    )
    const check = await runProgram(['check', '--output', 'json'], { env })
    expect(check.code).toBe(0)
    expect(JSON.parse(check.stdout).length).toBe(6)
    expect(program.stderr()).toMatch(/^GET \/n -> 200 \(DEFAULT, signature verified\)$/m)
    program.child.kill('SIGINT')
    expect((await program.ended).code).toBe(0)
    expect(readdirSync(tmp)).toEqual([])
  })

  test('gives one JSON document on request, and leaves the folder that was named', async () => {
    const dir = join(makeFolder(), "it's here")
    const args = ['emulator', '--dir', dir, '--samples', 'all', '--output', 'json']
    const program = startProgram(args)
    await program.printed(/^\}\n/m)
    const { url, config_file, profiles } = JSON.parse(program.stdout())
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(config_file).toBe(join(dir, 'config'))
    expect(profiles).toContainEqual(
      expect.objectContaining({ name: 'SHORT_KEY', useable: false, code: 'KEY_TOO_SHORT' }),
    )
    program.child.kill('SIGTERM')
    expect((await program.ended).code).toBe(0)
    expect(existsSync(config_file)).toBe(true)
  })

  test('does not take a port that is taken, or a folder of somebody else', async () => {
    const port = await takenPort()
    const onPort = await runHere(['emulator', '--port', String(port)])
    expect(onPort).toMatchObject({ code: 1, stdout: '' })
    expect(onPort.stderr).toContain(`error: PORT_IN_USE: Port ${port} is taken`)

    const dir = makeFolder()
    writeFileSync(join(dir, 'config'), 'mine')
    const inFolder = await runHere(['emulator', '--dir', dir])
    expect(inFolder).toMatchObject({ code: 2, stdout: '' })
    expect(inFolder.stderr).toMatch(/^error: USAGE: .*cannot be used/)
    expect(readdirSync(dir)).toEqual(['config'])
  })
})

describe('demo', () => {
  test('shows profiles that work and that do not, serves them, and leaves nothing behind', async () => {
    const tmp = makeFolder()
    const program = startProgram(['demo'], { env: { TMPDIR: tmp }, cwd: '/proc' })
    await program.printed(DEMO_READY)
    const stdout = program.stdout()
    expect(stdout).toMatch(/^This is a demo/)
    expect(stdout.match(/^\w+ +works {2}/gm)?.length).toBeGreaterThanOrEqual(3)
    expect(stdout.match(/^\w+ +fails {2}[A-Z_]+: .+\n {4}fix: .+$/gm)?.length).toBeGreaterThan(10)
    expect(stdout).not.toContain('\u001b')

    const [, url = '', key = ''] = LINK.exec(stdout) ?? []
    const list = (await (await get(`${url}/v1/oci-profiles`, key)).json()) as { useable: boolean }[]
    expect(list.filter(({ useable }) => useable).length).toBeGreaterThanOrEqual(3)
    program.child.kill('SIGINT')
    expect(await program.ended).toMatchObject({ code: 0 })
    expect(readdirSync(tmp)).toEqual([])
  })

  test('runs twice at once, and every line to try works', async () => {
    const first = startProgram(['demo'])
    const second = startProgram(['demo'])
    for (const program of [first, second]) {
      await program.printed(DEMO_READY)
      const calls = program.stdout().matchAll(/curl -H 'X-API-Key: (\S+)'(?: -X (\w+))? (\S+)/g)
      for (const [, key = '', method = 'GET', url = ''] of calls) {
        const { status } = await fetch(url, { method, headers: { 'X-API-Key': key } })
        expect({ url, status }).toEqual({ url, status: 200 })
      }
    }
    for (const { child, ended } of [first, second]) {
      child.kill('SIGTERM')
      expect((await ended).code).toBe(0)
    }
  })

  test('lets nothing of the user in: no file, no variable, no proxy', async () => {
    const home = makeFolder()
    mkdirSync(join(home, '.oci'))
    writeFileSync(join(home, '.oci/config'), section('MINE'))
    writeFileSync(join(home, 'configuration.json'), '{broken')
    writeFileSync(join(home, '.env'), 'OCI_CLI_USER=from-dot-env\n')
    const env = {
      HOME: home,
      OCI_CLI_CONFIG_FILE: join(home, '.oci/config'),
      OCI_CLI_USER: 'ocid1.user.oc1..mine',
      OCI_CLI_AUTH: 'instance_principal',
      OCI_PROFILES_API_KEY: 'the-key-of-the-user-stays-unseen',
      OCI_PROFILES_DATABASE_URL: `sqlite:${join(home, 'mine.db')}`,
      OCI_PROFILES_ENDPOINT_URL_OBJECT_STORAGE: 'http://127.0.0.1:9',
      HTTP_PROXY: 'http://127.0.0.1:9',
      HTTPS_PROXY: 'http://127.0.0.1:9',
    }
    const program = startProgram(['demo'], { env })
    await program.printed(DEMO_READY)
    expect(program.stdout()).toMatch(/^DEFAULT +works {2}api_key/m)
    expect(program.stdout()).not.toMatch(/MINE|the-key-of-the-user/)
    program.child.kill('SIGINT')
    expect((await program.ended).code).toBe(0)
    expect(readdirSync(home).toSorted()).toEqual(['.env', '.oci', 'configuration.json'])
  })

  test('on a port that is asked for and taken does not start', async () => {
    const tmp = makeFolder()
    const port = await takenPort()
    const { code, stdout, stderr } = await runProgram(['demo', '--port', String(port)], {
      env: { TMPDIR: tmp },
    })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^error: PORT_IN_USE: /m)
    expect(readdirSync(tmp)).toEqual([])
  })

  test('that is stopped before it is ready leaves nothing behind either', async () => {
    const tmp = makeFolder()
    const program = startProgram(['demo'], { env: { TMPDIR: tmp } })
    await expect.poll(() => readdirSync(tmp), { timeout: 10_000, interval: 5 }).not.toEqual([])
    program.child.kill('SIGINT')
    expect(await program.ended).toMatchObject({ code: 0, stdout: '' })
    expect(readdirSync(tmp)).toEqual([])
  })
})
