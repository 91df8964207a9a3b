/** Requests that get no answer, or half of one: told apart, and over in time. */
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { ObjectStorageClient } from 'oci-objectstorage'
import { afterAll, describe, expect, test } from 'vitest'
import { closeConnections, initClient, type ClientOptions } from '../../src/client/index.ts'
import { blackHole, closedPort, serve, serveBytes } from './loopback.ts'
import { apiKeyProfile } from './profiles.ts'

afterAll(closeConnections)

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'
/** How far from its time a deadline may be found on a busy machine. */
const TOLERANCE_MS = 150

interface Outcome {
  error: unknown
  ms: number
}

function client(url: string, options: ClientOptions = {}): Promise<ObjectStorageClient> {
  const env = { OCI_PROFILES_ENDPOINT_URL: url }
  return initClient(ObjectStorageClient, apiKeyProfile(), { env, ...options })
}

async function timed(call: () => Promise<unknown>): Promise<Outcome> {
  const startedAt = performance.now()
  const error = await call().then(
    () => null,
    (error: unknown) => error,
  )
  return { error, ms: performance.now() - startedAt }
}

async function namespaceOf(url: string, options: ClientOptions = {}): Promise<Outcome> {
  const ready = await client(url, options)
  return timed(() => ready.getNamespace({}))
}

async function closing(socket: Socket | undefined): Promise<void> {
  if (!socket || socket.destroyed) return
  await new Promise((resolve) => socket.resume().once('close', resolve))
}

function expectAround(ms: number, expected: number): void {
  expect(Math.abs(ms - expected), `${Math.round(ms)} ms`).toBeLessThan(TOLERANCE_MS)
}

describe('a host', () => {
  test('whose name does not exist', async () => {
    const { error } = await namespaceOf('http://nowhere.invalid')
    const expected = {
      code: 'DNS_FAILED',
      message: expect.stringMatching(/nowhere\.invalid:80.*(?:ENOTFOUND|EAI_AGAIN)/),
    }
    expect(error).toMatchObject(expected)
  })

  test.for<[string, string]>([
    ['ENOTFOUND', 'Check the region'],
    ['EAI_AGAIN', 'Check the DNS server'],
    ['EAI_FAIL', 'Check the region'],
  ])('whose name cannot be resolved: %s', async ([code, fix]) => {
    const lookup: ClientOptions['lookup'] = (_host, _options, callback) =>
      callback(Object.assign(new Error('x'), { code }), '', 4)
    const { error } = await namespaceOf('http://objectstorage.invalid', { lookup })
    expect(error).toMatchObject({ code: 'DNS_FAILED', fix: expect.stringContaining(fix) })
  })

  test('about whose name DNS is silent, within the connect time-out', async () => {
    const { error, ms } = await namespaceOf('http://objectstorage.invalid', {
      lookup: () => {},
      connectTimeoutMs: 300,
    })
    expect(error).toMatchObject({
      code: 'DNS_FAILED',
      message: expect.stringContaining('No answer from DNS'),
    })
    expectAround(ms, 300)
  })

  test('that refuses the connection', async () => {
    const port = await closedPort()
    const { error } = await namespaceOf(`http://127.0.0.1:${port}`)
    expect(error).toMatchObject({
      code: 'CONNECTION_REFUSED',
      message: expect.stringMatching(`^127.0.0.1:${port} refused .*ECONNREFUSED, after \\d+ ms`),
    })
  })

  test('that swallows the connection, within a second by default', async () => {
    const { error, ms } = await namespaceOf(`http://127.0.0.1:${await blackHole()}`)
    expect(error).toMatchObject({
      code: 'CONNECT_TIMEOUT',
      message: expect.stringMatching(/No connection to .* in 1\.0 s/),
    })
    expectAround(ms, 1000)
  })

  test('that swallows the connection, within the time-out of the options', async () => {
    const { error, ms } = await namespaceOf(`http://127.0.0.1:${await blackHole()}`, {
      connectTimeoutMs: 300,
    })
    expect(error).toHaveProperty('code', 'CONNECT_TIMEOUT')
    expectAround(ms, 300)
  })

  test('that swallows many connections at once', async () => {
    const ready = await client(`http://127.0.0.1:${await blackHole()}`, { connectTimeoutMs: 400 })
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => timed(() => ready.getNamespace({}))),
    )
    for (const { error } of outcomes) expect(error).toHaveProperty('code', 'CONNECT_TIMEOUT')
    expectAround(Math.max(...outcomes.map(({ ms }) => ms)), 400)
  })

  test('that accepts a TLS connection and is silent, within the connect time-out', async () => {
    const { port } = await serve(() => {})
    const { error, ms } = await namespaceOf(`https://127.0.0.1:${port}`, { connectTimeoutMs: 300 })
    expect(error).toMatchObject({
      code: 'CONNECT_TIMEOUT',
      message: expect.stringContaining('TLS handshake'),
    })
    expectAround(ms, 300)
  })
})

describe('an answer', () => {
  test('that does not come, within the read time-out', async () => {
    const { url, port } = await serve(() => {})
    const { error, ms } = await namespaceOf(url, { readTimeoutMs: 700 })
    expect(error).toMatchObject({
      code: 'READ_TIMEOUT',
      message: expect.stringMatching(`127.0.0.1:${port} sent no answer for 700 ms`),
    })
    expectAround(ms, 700)
  })

  test('that stops in its head, within the read time-out', async () => {
    const { url } = await serveBytes(HEAD)
    const { error, ms } = await namespaceOf(url, { readTimeoutMs: 300 })
    expect(error).toHaveProperty('code', 'READ_TIMEOUT')
    expectAround(ms, 300)
  })

  test('that stops in its body, within the read time-out', async () => {
    const { url } = await serveBytes(`${HEAD}content-length: 9\r\n\r\n"nam`)
    const { error, ms } = await namespaceOf(url, { readTimeoutMs: 300 })
    expect(error).toMatchObject({
      name: 'TransportError',
      code: 'READ_TIMEOUT',
      message: expect.stringContaining('after 4 bytes'),
    })
    expectAround(ms, 300)
  })

  test('that stops in the body of a refusal, within the read time-out', async () => {
    const { url } = await serveBytes('HTTP/1.1 404 No\r\ncontent-length: 99\r\n\r\n{"co')
    const { error, ms } = await namespaceOf(url, { readTimeoutMs: 300 })
    expect(error).toMatchObject({ name: 'TransportError', code: 'READ_TIMEOUT' })
    expectAround(ms, 300)
  })

  test('that comes bit by bit is not late', async () => {
    const bits = [HEAD, 'content-length: 4\r\n', '\r\n', '"', 'n', 's', '"']
    const { url } = await serve((socket) => {
      const send = (): void => {
        socket.write(bits.shift() ?? '')
        if (bits.length > 0) setTimeout(send, 150)
      }
      socket.once('data', send)
    })
    const ready = await client(url, { readTimeoutMs: 400 })
    // The head as a whole is one wait, each piece of the body another.
    expect(await ready.getNamespace({})).toMatchObject({ value: 'ns' })
  })

  test('whose reader takes his time is not late', async () => {
    const { url } = await serveBytes(
      `${HEAD}content-length: 2000000\r\n\r\n${'x'.repeat(2_000_000)}`,
    )
    const ready = await client(url, { readTimeoutMs: 200 })
    const { value } = await ready.getObject({
      namespaceName: 'n',
      bucketName: 'b',
      objectName: 'o',
    })
    let bytes = 0
    for await (const chunk of value as ReadableStream<Uint8Array>) {
      if (bytes === 0) await pause(500)
      bytes += chunk.byteLength
    }
    expect(bytes).toBe(2_000_000)
  })

  test('that nobody reads is not taken in', async () => {
    const { url, connections } = await serve((socket) => {
      socket.once('data', () => {
        socket.write(`${HEAD}content-length: 200000000\r\n\r\n`)
        const more = (): void => void (socket.destroyed || socket.write('x'.repeat(100_000), more))
        more()
      })
    })
    const ready = await client(url, { readTimeoutMs: 100 })
    const { value } = await ready.getObject({
      namespaceName: 'n',
      bucketName: 'b',
      objectName: 'o',
    })
    await pause(400)
    expect(connections[0]?.bytesWritten).toBeLessThan(50_000_000)
    await (value as ReadableStream).cancel()
  })

  test.for<[string, string]>([
    ['the end of the connection', ''],
    ['half a head', 'HTTP/1.1 200 O'],
    ['half a body', `${HEAD}content-length: 9\r\n\r\n"nam`],
    ['half a body in chunks', `${HEAD}transfer-encoding: chunked\r\n\r\n4\r\n"nam\r\n`],
    ['half a refusal', 'HTTP/1.1 404 No\r\ncontent-length: 99\r\n\r\n{"co'],
  ])('that is %s', async ([, bytes]) => {
    const { url, port } = await serve((socket) => void socket.once('data', () => socket.end(bytes)))
    const { error } = await namespaceOf(url)
    const expected = {
      name: 'TransportError',
      code: 'CONNECTION_LOST',
      message: expect.stringContaining(`127.0.0.1:${port} broke off`),
    }
    expect(error).toMatchObject(expected)
  })

  test('that is a reset', async () => {
    const { url } = await serve(
      (socket) => void socket.once('data', () => socket.resetAndDestroy()),
    )
    const { error } = await namespaceOf(url)
    expect(error).toMatchObject({
      code: 'CONNECTION_LOST',
      message: expect.stringContaining('ECONNRESET'),
    })
  })

  test.for<[string, string]>([
    ['the greeting of another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a status that HTTP does not have', 'HTTP/1.1 999 What\r\ncontent-length: 0\r\n\r\n'],
    ['two lengths', `${HEAD}content-length: 1\r\ncontent-length: 2\r\n\r\n"`],
    ['a head without end', `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}`],
  ])('that is %s', async ([, bytes]) => {
    const { url } = await serveBytes(bytes)
    expect((await namespaceOf(url)).error).toMatchObject({
      name: 'TransportError',
      code: 'UNEXPECTED_RESPONSE',
    })
  })

  test('with odd headers and an odd reason is taken', async () => {
    const odd =
      'HTTP/1.1 200 \u00e4\u0001\r\nx-\u00e4: 1\r\nset-cookie: a=1\r\nset-cookie: b=2\r\ncontent-length: 4\r\n\r\n"ns"'
    const { url } = await serveBytes(odd.replace('x-\u00e4', 'x-a').replace('\u0001', ''))
    expect(await (await client(url)).getNamespace({})).toMatchObject({ value: 'ns' })
  })

  test('without a body leaves its connection in use', async () => {
    const { url, connections } = await serve((socket) => {
      socket.on('data', () => socket.write('HTTP/1.1 204 No Content\r\n\r\n'))
    })
    const ready = await client(url)
    await ready.deleteBucket({ namespaceName: 'n', bucketName: 'b' })
    await ready.deleteBucket({ namespaceName: 'n', bucketName: 'b' })
    expect(connections).toHaveLength(1)
  })

  test('after information is the answer', async () => {
    const { url } = await serveBytes(
      `HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n`,
      `${HEAD}content-length: 4\r\n\r\n"ns"`,
    )
    expect(await (await client(url)).getNamespace({})).toMatchObject({ value: 'ns' })
  })

  test('that is a refusal of many megabytes is cut short', async () => {
    const { url, connections } = await serve((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 500 No\r\n\r\n')
        const more = (): void => void (socket.destroyed || socket.write('x'.repeat(100_000), more))
        more()
      })
    })
    const { error } = await namespaceOf(url)
    expect(error).toHaveProperty('statusCode', 500)
    const [socket] = connections
    await closing(socket)
    expect(socket?.bytesWritten).toBeLessThan(20_000_000)
  })
})

describe('an upload', () => {
  const where = { namespaceName: 'n', bucketName: 'b', objectName: 'o' }

  test('that nobody takes is over within the read time-out', async () => {
    const { url } = await serve((socket) => void socket.pause())
    const ready = await client(url, { readTimeoutMs: 400 })
    const body = Buffer.alloc(40 << 20)
    const { error, ms } = await timed(() => ready.putObject({ ...where, putObjectBody: body }))
    expect(error).toHaveProperty('code', 'READ_TIMEOUT')
    expect(ms).toBeLessThan(3000)
  })

  test('that is taken slowly is not late', async () => {
    const { url } = await serve((socket) => {
      let received = 0
      socket.on('data', (data) => {
        received += data.length
        socket.pause()
        setTimeout(() => socket.resume(), 1)
        if (received > 20 << 20) socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
      })
    })
    const ready = await client(url, { readTimeoutMs: 400 })
    const outcome = await timed(() =>
      ready.putObject({ ...where, putObjectBody: Buffer.alloc(20 << 20) }),
    )
    expect(outcome.error).toBeNull()
    expect(outcome.ms).toBeGreaterThan(400)
  })

  test('whose source takes its time is not late', async () => {
    const { url } = await serve((socket) => {
      let received = ''
      socket.on('data', (data) => {
        received += data.toString('latin1')
        if (received.endsWith('end')) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
      })
    })
    const ready = await client(url, { readTimeoutMs: 200 })
    const source = async function* () {
      yield Buffer.from('begin')
      await pause(500)
      yield Buffer.from('end')
    }
    const { error } = await timed(() =>
      ready.putObject({ ...where, putObjectBody: Readable.from(source()), contentLength: 8 }),
    )
    expect(error).toBeNull()
  })

  test('whose source fails fails with its error', async () => {
    const { url } = await serve(() => {})
    const source = async function* () {
      yield Buffer.from('begin')
      throw new Error('the disk is gone')
    }
    const ready = await client(url)
    const { error } = await timed(() =>
      ready.putObject({ ...where, putObjectBody: Readable.from(source()), contentLength: 8 }),
    )
    expect(error).toHaveProperty('message', 'the disk is gone')
  })

  test('lets go of its source when there is no connection', async () => {
    const source = Readable.from([Buffer.from('x')])
    const ready = await client(`http://127.0.0.1:${await closedPort()}`)
    await timed(() => ready.putObject({ ...where, putObjectBody: source, contentLength: 1 }))
    expect(source.destroyed).toBe(true)
  })
})

describe('a cancelled request is over at once', () => {
  async function cancelled(url: string, options: ClientOptions = {}): Promise<void> {
    const control = new AbortController()
    const ready = await client(url, { ...options, signal: control.signal })
    setTimeout(() => control.abort(), 200)
    const { error, ms } = await timed(() => ready.getNamespace({}))
    expect(error).toMatchObject({ name: 'TransportError', code: 'CHECK_CANCELLED' })
    expectAround(ms, 200)
  }

  test('while its name is looked up', () =>
    cancelled('http://objectstorage.invalid', { lookup: () => {} }))
  test('while its connection is opened', async () =>
    cancelled(`http://127.0.0.1:${await blackHole()}`))
  test('while TLS is negotiated', async () =>
    cancelled(`https://127.0.0.1:${(await serve(() => {})).port}`))
  test('while its answer is waited for', async () => cancelled((await serve(() => {})).url))
  test('in the middle of its answer', async () =>
    cancelled((await serveBytes(`${HEAD}content-length: 9\r\n\r\n"na`)).url))

  test('before it is sent', async () => {
    const { url, connections } = await serve(() => {})
    const { error } = await namespaceOf(url, { signal: AbortSignal.abort() })
    expect(error).toHaveProperty('code', 'CHECK_CANCELLED')
    expect(connections).toHaveLength(0)
  })

  test('and so are fifty with one signal, without a warning', async () => {
    const warnings: Error[] = []
    const note = (warning: Error) => void warnings.push(warning)
    process.on('warning', note)
    const control = new AbortController()
    const ready = await client((await serve(() => {})).url, { signal: control.signal })
    const calls = Array.from({ length: 50 }, () => timed(() => ready.getNamespace({})))
    setTimeout(() => control.abort(), 200)
    for (const { error } of await Promise.all(calls))
      expect(error).toHaveProperty('code', 'CHECK_CANCELLED')
    await pause(10)
    process.off('warning', note)
    expect(warnings).toEqual([])
  })

  test('and frees its connection', async () => {
    const { url, connections } = await serve(() => {})
    await cancelled(url)
    const [socket] = connections
    await closing(socket)
    expect(socket?.destroyed).toBe(true)
  })
})

test('a stream that is no longer read frees its connection', async () => {
  const { url, connections } = await serveBytes(`${HEAD}content-length: 99\r\n\r\nxxx`)
  const ready = await client(url)
  const { value } = await ready.getObject({ namespaceName: 'n', bucketName: 'b', objectName: 'o' })
  await (value as ReadableStream).cancel()
  const [socket] = connections
  await closing(socket)
  expect(socket?.destroyed).toBe(true)
})
