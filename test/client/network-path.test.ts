/** What stands between a client and its service: proxies and TLS. The real host names, and no packet beyond loopback. */
import { once } from 'node:events'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { ObjectStorageClient } from 'oci-objectstorage'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { startEmulator, type Emulator } from '../../emulator/index.ts'
import {
  closeConnections,
  initClient,
  type ClientOptions,
  type Environment,
} from '../../src/client/index.ts'
import { makeLoopbackCertificate } from '../fixtures/certificates.ts'
import { testKey } from '../fixtures/identities.ts'
import { goodPublicKey } from './key-material.ts'
import { blackHole, closedPort, serve, serveBytes, type LoopbackServer } from './loopback.ts'
import { apiKeyProfile, TENANCY, USER } from './profiles.ts'
import { tempFolder } from './temp-folder.ts'

const HOST = 'objectstorage.eu-frankfurt-1.oraclecloud.com'
const write = tempFolder()
const key = await testKey()
const certificate = makeLoopbackCertificate(key, Date.now(), [HOST])
const bundle = write('ca.pem', `some text\n${certificate}${makeLoopbackCertificate(key)}`)

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator({ tls: { key: key.privatePem, cert: certificate } })
  emulator.addIdentity({
    name: 'ada',
    tenancy: TENANCY,
    user: USER,
    publicKey: goodPublicKey,
    namespace: 'ns',
  })
})
afterAll(async () => {
  await closeConnections()
  await emulator.close()
})

async function namespaceOf(env: Environment, options: ClientOptions = {}) {
  const client = await initClient(ObjectStorageClient, apiKeyProfile(), { env, ...options })
  return client.getNamespace({})
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  )

interface Proxy extends LoopbackServer {
  /** Heads of the requests that it got. */
  heads: string[]
}

/** Tunnels every connection to the emulator, wherever it is meant to go. */
async function proxy(answer = 'HTTP/1.1 200 Connection established\r\n\r\n'): Promise<Proxy> {
  const heads: string[] = []
  const server = await serve((socket) => tunnel(socket, heads, answer))
  return { ...server, heads }
}

function tunnel(socket: Socket, heads: string[], answer: string): void {
  socket.once('data', (head) => {
    heads.push(head.toString('latin1'))
    if (!answer.includes(' 200 ')) {
      socket.end(answer)
      return
    }
    socket.write(answer)
    const onward = connect(emulator.port, '127.0.0.1').on('error', () => socket.destroy())
    socket.pipe(onward).pipe(socket)
    socket.on('close', () => onward.destroy())
  })
}

describe('a proxy', () => {
  test.for(['HTTPS_PROXY', 'https_proxy'])(
    'named by %s is asked for a tunnel to the real host',
    async (name) => {
      const { url, heads } = await proxy()
      expect(await namespaceOf({ [name]: url, OCI_CLI_CERT_BUNDLE: bundle })).toMatchObject({
        value: 'ns',
      })
      expect(heads).toEqual([`CONNECT ${HOST}:443 HTTP/1.1\r\nHost: ${HOST}:443\r\n\r\n`])
    },
  )

  test('may be named without http://', async () => {
    const { port, heads } = await proxy()
    await namespaceOf({ HTTPS_PROXY: `127.0.0.1:${port}`, OCI_CLI_CERT_BUNDLE: bundle })
    expect(heads).toHaveLength(1)
  })

  test('gets user and password, which nobody else sees', async () => {
    const { port, heads } = await proxy('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    const env = { HTTPS_PROXY: `http://me:p%40ss@127.0.0.1:${port}`, OCI_CLI_CERT_BUNDLE: bundle }
    const error = await failure(namespaceOf(env))
    expect(heads[0]).toContain(
      `\r\nProxy-Authorization: Basic ${Buffer.from('me:p@ss').toString('base64')}\r\n`,
    )
    expect(error).toMatchObject({
      code: 'CONNECTION_REFUSED',
      message: expect.stringMatching(
        `the proxy 127.0.0.1:${port} of HTTPS_PROXY answered CONNECT ${HOST}:443 407: it does not accept the user and password`,
      ),
      fix: expect.stringContaining('Correct the user and password of the proxy in HTTPS_PROXY'),
    })
    expect(String(error) + JSON.stringify(error)).not.toMatch(/p@ss|p%40ss/)
  })

  test('is told that it wants user and password where it was told none', async () => {
    const { url } = await proxy('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    expect(await failure(namespaceOf({ HTTPS_PROXY: url }))).toMatchObject({
      fix: expect.stringContaining('http://USER:PASSWORD@HOST:PORT'),
    })
  })

  test.for<[string, string]>([
    ['#', 'http://ada:Secr@tWord#1@proxy.corp:8080'],
    ['/', 'http://ada:Secr/tWord@127.0.0.1:9207'],
    ['?', 'ada:Secr?tWord@127.0.0.1:9207'],
    ['\\', String.raw`http://DOM\ada:SecrtWord@127.0.0.1:9207`],
    ['%', 'http://ada:SecrtWord100%sure@127.0.0.1:9207'],
    ['%', 'http://ada:SecrtWord%FF@127.0.0.1:9207'],
  ])('with a bare %s in its password is refused, and shows nothing of it', async ([sign, url]) => {
    const error = await failure(namespaceOf({ HTTPS_PROXY: url }))
    const code = sign.charCodeAt(0).toString(16).toUpperCase()
    expect(error).toMatchObject({
      code: 'SETTING_INVALID',
      field: 'HTTPS_PROXY',
      message: `The environment variable HTTPS_PROXY holds a ${sign} in the user or the password of the proxy`,
      fix: `Write it as %${code} in HTTPS_PROXY, and so every other special character.`,
    })
    expect(String(error) + JSON.stringify(error)).not.toMatch(/secr|tword|ada/i)
  })

  test('that speaks no TLS is told by that', async () => {
    const { port } = await proxy()
    const env = { HTTPS_PROXY: `https://127.0.0.1:${port}` }
    expect(await failure(namespaceOf(env))).toMatchObject({
      code: 'CONNECTION_LOST',
      message: expect.stringMatching(/the proxy \S+ of HTTPS_PROXY answers without TLS/),
      fix: 'Write http:// in place of https:// in HTTPS_PROXY.',
    })
  })

  test.for<[string, string, RegExp]>([
    ['that refuses', 'HTTP/1.1 403 Forbidden\r\n\r\n', /answered CONNECT .* 403/],
    ['that cannot get through', 'HTTP/1.1 502 Bad Gateway\r\n\r\n', /answered CONNECT .* 502/],
    ['that is none', 'SSH-2.0-x\r\n\r\n', /not HTTP/],
    ['that sends no end', 'x'.repeat(20_000), /no end of its head/],
    ['that hangs up', '', /closed the connection/],
  ])('%s is named in the error', async ([, answer, message]) => {
    const { url } = await proxy(answer)
    const expected = { code: 'CONNECTION_REFUSED', message: expect.stringMatching(message) }
    expect(await failure(namespaceOf({ HTTPS_PROXY: url }))).toMatchObject(expected)
  })

  test('that is not there, that is unknown, that swallows', async () => {
    const port = await closedPort()
    expect(await failure(namespaceOf({ HTTPS_PROXY: `http://127.0.0.1:${port}` }))).toMatchObject({
      code: 'CONNECTION_REFUSED',
      message: expect.stringContaining(`the proxy 127.0.0.1:${port} of HTTPS_PROXY refused`),
      fix: `Correct HTTPS_PROXY, or unset it; to pass the proxy by for this host alone, add ${HOST} to NO_PROXY.`,
    })
    expect(await failure(namespaceOf({ HTTPS_PROXY: 'http://proxy.invalid:1' }))).toMatchObject({
      code: 'DNS_FAILED',
      message: expect.stringContaining('the proxy proxy.invalid:1 of HTTPS_PROXY'),
    })
    const hole = `http://127.0.0.1:${await blackHole()}`
    expect(
      await failure(namespaceOf({ HTTPS_PROXY: hole }, { connectTimeoutMs: 200 })),
    ).toMatchObject({ code: 'CONNECT_TIMEOUT', message: expect.stringContaining('the proxy') })
  })

  test('that is silent is waited for no longer than for a connection', async () => {
    const { url } = await serve(() => {})
    const startedAt = performance.now()
    expect(
      await failure(namespaceOf({ HTTPS_PROXY: url }, { connectTimeoutMs: 300 })),
    ).toMatchObject({ code: 'CONNECT_TIMEOUT', message: expect.stringContaining('No tunnel') })
    expect(Math.abs(performance.now() - startedAt - 300)).toBeLessThan(200)
  })

  test('with TLS of its own', async () => {
    const heads: string[] = []
    const server = createTlsServer({ key: key.privatePem, cert: certificate }, (socket) => {
      tunnel(
        socket.on('error', () => {}),
        heads,
        'HTTP/1.1 200 OK\r\n\r\n',
      )
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect(await namespaceOf({ HTTPS_PROXY: url, OCI_CLI_CERT_BUNDLE: bundle })).toMatchObject({
      value: 'ns',
    })
    expect(heads).toHaveLength(1)
    expect(await failure(namespaceOf({ HTTPS_PROXY: url }))).toMatchObject({
      code: 'TLS_UNTRUSTED',
      message: expect.stringContaining('the proxy'),
    })
  })

  test.for<[string, Environment]>([
    ['HTTPS_PROXY', { HTTPS_PROXY: 'socks5://127.0.0.1:1' }],
    ['HTTPS_PROXY', { HTTPS_PROXY: 'http://' }],
    ['http_proxy', { http_proxy: '::' }],
  ])('that is no proxy is refused, naming %s', async ([field, env]) => {
    expect(await failure(namespaceOf(env))).toMatchObject({ code: 'SETTING_INVALID', field })
  })
})

describe('NO_PROXY', () => {
  const target = 'http://target.invalid:8080'
  const isProxied = async (env: Environment): Promise<boolean> => {
    const { url, heads } = await proxy('HTTP/1.1 403 No\r\n\r\n')
    await failure(namespaceOf({ OCI_PROFILES_ENDPOINT_URL: target, HTTP_PROXY: url, ...env }))
    return heads.length > 0
  }

  test.for<[boolean, string]>([
    [true, ''],
    [true, 'other.invalid'],
    [true, 'arget.invalid'],
    [true, 'target.invalid:80'],
    [true, 'x.target.invalid'],
    [false, '*'],
    [false, 'target.invalid'],
    [false, 'TARGET.invalid'],
    [false, '.invalid'],
    [false, '*.invalid'],
    [false, 'invalid'],
    [false, 'a.example, target.invalid ,b.example'],
    [false, 'a.example target.invalid'],
    [false, 'target.invalid:8080'],
  ])('leads past the proxy: not %s, for %j', async ([proxied, value]) => {
    expect(await isProxied({ NO_PROXY: value })).toBe(proxied)
    expect(await isProxied({ no_proxy: value })).toBe(proxied)
  })

  test('is not needed where only the other kind of address has a proxy', async () => {
    expect(await isProxied({ HTTP_PROXY: '', HTTPS_PROXY: 'http://proxy.invalid:1' })).toBe(false)
  })

  test('is not needed for loopback, when the proxy is elsewhere', async () => {
    const { url } = await serveBytes('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n"ns"')
    const env = { OCI_PROFILES_ENDPOINT_URL: url, HTTP_PROXY: 'http://proxy.invalid:1' }
    expect(await namespaceOf(env)).toMatchObject({ value: 'ns' })
  })

  test('knows addresses, and IPv6 in brackets or without', async () => {
    const { url, heads } = await proxy('HTTP/1.1 403 No\r\n\r\n')
    for (const NO_PROXY of ['127.0.0.1,::1', '127.0.0.1,[::1]', '127.0.0.1,[::1]:9']) {
      const env = { HTTP_PROXY: url, NO_PROXY }
      await failure(namespaceOf({ ...env, OCI_PROFILES_ENDPOINT_URL: 'http://[::1]:9' }))
      await failure(namespaceOf({ ...env, OCI_PROFILES_ENDPOINT_URL: 'http://127.0.0.1:9' }))
    }
    expect(heads).toEqual([])
  })
})

describe('TLS', () => {
  const there = () => `https://127.0.0.1:${emulator.port}`
  const untrusted = (message: RegExp, fix: string) => ({
    code: 'TLS_UNTRUSTED',
    message: expect.stringMatching(message),
    fix: expect.stringContaining(fix),
  })

  async function tlsServer(cert: string): Promise<string> {
    const server = createTlsServer({ key: key.privatePem, cert }).listen(0, '127.0.0.1')
    server.on('tlsClientError', () => {})
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  test('with a CA of one’s own is trusted when OCI_CLI_CERT_BUNDLE names it', async () => {
    const env = { OCI_PROFILES_ENDPOINT_URL: there(), OCI_CLI_CERT_BUNDLE: bundle }
    expect(await namespaceOf(env)).toMatchObject({ value: 'ns' })
  })

  test('with a CA that nobody knows is not trusted', async () => {
    const error = await failure(namespaceOf({ OCI_PROFILES_ENDPOINT_URL: there() }))
    expect(error).toMatchObject(
      untrusted(
        /127\.0\.0\.1:\d+ is not trusted: self-signed certificate \(DEPTH_ZERO/,
        'OCI_CLI_CERT_BUNDLE',
      ),
    )
  })

  test('that has expired is not trusted', async () => {
    const expired = makeLoopbackCertificate(key, Date.now() - 3 * 365 * 86_400_000)
    const env = {
      OCI_PROFILES_ENDPOINT_URL: await tlsServer(expired),
      OCI_CLI_CERT_BUNDLE: write('old.pem', expired),
    }
    expect(await failure(namespaceOf(env))).toMatchObject(untrusted(/CERT_HAS_EXPIRED/, 'clock'))
  })

  test('that is not valid yet is not trusted', async () => {
    const early = makeLoopbackCertificate(key, Date.now() + 3 * 365 * 86_400_000)
    const env = {
      OCI_PROFILES_ENDPOINT_URL: await tlsServer(early),
      OCI_CLI_CERT_BUNDLE: write('new.pem', early),
    }
    expect(await failure(namespaceOf(env))).toMatchObject(untrusted(/CERT_NOT_YET_VALID/, 'clock'))
  })

  test('made out to another host is not trusted', async () => {
    const { url } = await proxy()
    const env = {
      HTTPS_PROXY: url,
      OCI_CLI_CERT_BUNDLE: bundle,
      OCI_PROFILES_ENDPOINT_URL: 'https://other.example',
    }
    expect(await failure(namespaceOf(env))).toMatchObject(
      untrusted(/other\.example:443 .* another name/, 'address'),
    )
  })

  test('that the other side does not speak is a lost connection', async () => {
    const { url } = await serveBytes('HTTP/1.1 400 Bad Request\r\n\r\n')
    const env = { OCI_PROFILES_ENDPOINT_URL: url.replace('http:', 'https:') }
    expect(await failure(namespaceOf(env))).toMatchObject({
      code: 'CONNECTION_LOST',
      message: expect.stringMatching(/answers without TLS \(ERR_SSL/),
    })
  })

  test('that breaks off is a lost connection', async () => {
    const { url } = await serve(
      (socket) => void socket.once('data', () => socket.resetAndDestroy()),
    )
    const env = { OCI_PROFILES_ENDPOINT_URL: url.replace('http:', 'https:') }
    expect(await failure(namespaceOf(env))).toMatchObject({
      code: 'CONNECTION_LOST',
      message: expect.stringMatching(/during the TLS handshake/),
    })
  })
})

describe('OCI_CLI_CERT_BUNDLE', () => {
  test.for<[string, string, RegExp]>([
    ['no file', '/nowhere/ca.pem', /does not exist/],
    ['a directory', '/', /is a directory/],
    ['a file without a certificate', write('none.pem', 'x'), /holds no certificate/],
    [
      'a damaged certificate',
      write('bad.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
      /damaged/,
    ],
  ])('that names %s is refused', async ([, OCI_CLI_CERT_BUNDLE, message]) => {
    const expected = {
      code: 'SETTING_INVALID',
      field: 'OCI_CLI_CERT_BUNDLE',
      message: expect.stringMatching(message),
    }
    expect(await failure(namespaceOf({ OCI_CLI_CERT_BUNDLE }))).toMatchObject(expected)
  })

  test('is read again when it changes', async () => {
    const env = {
      OCI_PROFILES_ENDPOINT_URL: `https://127.0.0.1:${emulator.port}`,
      OCI_CLI_CERT_BUNDLE: write('changing.pem', makeLoopbackCertificate(await testKey('other'))),
    }
    expect(await failure(namespaceOf(env))).toHaveProperty('code', 'TLS_UNTRUSTED')
    write('changing.pem', certificate)
    expect(await namespaceOf(env)).toMatchObject({ value: 'ns' })
  })
})
