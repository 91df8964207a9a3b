/** Clients of Oracle's SDK against a service that verifies what it gets. */
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { FetchHttpClient, OciError } from 'oci-common'
import { GenerativeAiInferenceClient, type models } from 'oci-generativeaiinference'
import { ObjectStorageClient, UploadManager } from 'oci-objectstorage'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startEmulator, type Emulator } from '../../emulator/index.ts'
import {
  closeConnections,
  getSigner,
  initClient,
  type ClientOptions,
} from '../../src/client/index.ts'
import type { OciProfileInput } from '../../src/schemas/index.ts'
import { testOcid } from '../fixtures/identities.ts'
import { exportKey, goodPublicKey, rsaPair } from './key-material.ts'
import { forwardTo, serve, serveBytes } from './loopback.ts'
import { apiKeyProfile, sessionProfile, TENANCY, USER } from './profiles.ts'
import { tempFolder } from './temp-folder.ts'

const NS = 'axtestnamespace'
const write = tempFolder()
let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
  emulator.addIdentity({
    name: 'ada',
    tenancy: TENANCY,
    user: USER,
    publicKey: goodPublicKey,
    namespace: NS,
  })
})
beforeEach(() => emulator.setFault('ada', null))
afterAll(async () => {
  await closeConnections()
  await emulator.close()
})

function storage(
  fields: Partial<OciProfileInput> = {},
  { url = emulator.url, ...options }: ClientOptions & { url?: string } = {},
): Promise<ObjectStorageClient> {
  const env = { OCI_PROFILES_ENDPOINT_URL: url }
  return initClient(ObjectStorageClient, apiKeyProfile(fields), { env, ...options })
}

const object = { namespaceName: NS, bucketName: 'bücket', objectName: 'a/b c+&?#.txt' }
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  )
const textOf = (stream: unknown) => new Response(stream as ReadableStream).text()

describe('Object Storage', () => {
  test('answers to an API key', async () => {
    expect(await (await storage()).getNamespace({})).toMatchObject({ value: NS })
  })

  test('answers to the signer alone, in the SDK’s own way to send', async () => {
    const httpClient = new FetchHttpClient(await getSigner(apiKeyProfile()))
    const client = new ObjectStorageClient({ httpClient })
    client.endpoint = emulator.url
    expect(await client.getNamespace({})).toMatchObject({ value: NS })
    const createBucketDetails = { name: 'für mich', compartmentId: TENANCY }
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    await failure(client.createBucket({ namespaceName: NS, createBucketDetails }))
    expect(emulator.requests.at(-1)).toMatchObject({ method: 'POST', verified: true })
    client.close()
  })

  test('answers to a session', async () => {
    const session = rsaPair(2048)
    const identity = emulator.addIdentity({
      name: 'bob',
      tenancy: TENANCY,
      user: testOcid('user', 'bob'),
      publicKey: goodPublicKey,
      namespace: 'bobs',
    })
    const token = emulator.mintSessionToken({ identity, publicKey: session.publicKey })
    const profile = sessionProfile(
      write('token', `${token}\n`),
      write('key', exportKey(session.privateKey, 'pkcs8')),
    )
    const client = await initClient(ObjectStorageClient, profile, {
      env: { OCI_PROFILES_ENDPOINT_URL: emulator.url },
    })
    expect(await client.getNamespace({})).toMatchObject({ value: 'bobs' })
  })

  test.for<[string, () => ReadableStream | Readable | Buffer | string, number?]>([
    ['text', () => 'grüß dich'],
    ['bytes', () => randomBytes(1000)],
    ['bytes in number', () => randomBytes(5 << 20)],
    ['nothing', () => ''],
    ['a stream of known length', () => Readable.from([Buffer.from('ab'), Buffer.from('c')]), 3],
    ['a stream of unknown length', () => Readable.from([Buffer.from('ab'), Buffer.from('c')])],
    [
      'a web stream',
      () => Readable.toWeb(Readable.from([Buffer.from('abc')])) as ReadableStream,
      3,
    ],
  ])('takes %s and gives it back', async ([, body, contentLength]) => {
    const client = await storage()
    const original = body()
    await client.putObject({ ...object, putObjectBody: original, contentLength })
    const { value } = await client.getObject(object)
    const isStream = original instanceof Readable || original instanceof ReadableStream
    const expected = isStream ? Buffer.from('abc') : Buffer.from(original as string)
    expect(
      Buffer.from(await new Response(value as ReadableStream).arrayBuffer()).equals(expected),
    ).toBe(true)
  })

  test('takes what the SDK’s upload manager makes of a file', async () => {
    const manager = new UploadManager(await storage(), { enforceMD5: false })
    await manager.upload({
      content: { filePath: write('upload.txt', 'by file') },
      requestDetails: object,
    })
    expect(await textOf((await (await storage()).getObject(object)).value)).toBe('by file')
  })

  test('hands a large object on as it is read', async () => {
    const client = await storage()
    await client.putObject({ ...object, putObjectBody: randomBytes(4 << 20) })
    const { value } = await client.getObject(object)
    let bytes = 0
    for await (const chunk of value as ReadableStream<Uint8Array>) bytes += chunk.byteLength
    expect(bytes).toBe(4 << 20)
  })

  const nextDigit = (_: string, before: string, digit: string) =>
    `${before}${(Number(digit) + 1) % 10}`
  test.for<[string, (text: string) => string]>([
    ['the path', (text) => text.replace('GET /n HTTP', 'GET /N HTTP')],
    ['the date', (text) => text.replace(/(x-date: .*)(\d)(?= GMT)/, nextDigit)],
    [
      'the signature',
      (text) =>
        text.replace(/signature="./, (start) =>
          start.endsWith('A') ? start.replace('A', 'B') : 'signature="A',
        ),
    ],
    ['the user', (text) => text.replace(USER, testOcid('user', 'eve'))],
  ])('refuses a request of which %s was changed on the way', async ([, change]) => {
    const { url } = await forwardTo(emulator.port, change)
    const error = await failure((await storage({}, { url })).getNamespace({}))
    expect(error).toMatchObject({ statusCode: 401, serviceCode: 'NotAuthenticated' })
  })

  test('refuses a body of which one byte was changed on the way', async () => {
    const { url } = await forwardTo(emulator.port, (text) =>
      text.replace('"name":"first"', '"name":"First"'),
    )
    const client = await storage({}, { url })
    const createBucketDetails = { name: 'first', compartmentId: TENANCY }
    const error = await failure(client.createBucket({ namespaceName: NS, createBucketDetails }))
    expect(error).toMatchObject({ statusCode: 401, serviceCode: 'NotAuthenticated' })
  })
})

describe('GenAI inference', () => {
  const content: models.TextContent[] = [{ type: 'TEXT', text: 'grüß dich' }]
  const message: models.UserMessage = { role: 'USER', content }
  const servingMode: models.OnDemandServingMode = { servingType: 'ON_DEMAND', modelId: 'm' }

  async function chat(isStream: boolean) {
    const profile = apiKeyProfile({ genai_compartment_id: TENANCY, genai_region: 'us-chicago-1' })
    const env = { OCI_PROFILES_ENDPOINT_URL_GENERATIVE_AI_INFERENCE: emulator.url }
    const client = await initClient(GenerativeAiInferenceClient, profile, { env })
    const chatRequest: models.GenericChatRequest = {
      apiFormat: 'GENERIC',
      messages: [message],
      isStream,
    }
    return client.chat({ chatDetails: { compartmentId: TENANCY, servingMode, chatRequest } })
  }

  test('chats', async () => {
    expect(JSON.stringify(await chat(false))).toContain('You said: grüß dich')
  })

  test('chats as a stream of events', async () => {
    expect(await textOf(await chat(true))).toMatch(/^data: \{.*"grüß ".*"finishReason"/s)
  })
})

describe('a failed call rejects with', () => {
  test('the SDK’s own error for an answer that is no success', async () => {
    emulator.setFault('ada', { kind: 'status', status: 429 })
    const error = await failure((await storage()).getNamespace({}))
    expect(error).toBeInstanceOf(OciError)
    expect(error).toMatchObject({ statusCode: 429, serviceCode: 'TooManyRequests' })
  })

  test('the same for a stream that was refused', async () => {
    emulator.setFault('ada', { kind: 'status', status: 503 })
    const putObjectBody = Readable.from([Buffer.from('x')])
    const error = await failure(
      (await storage()).putObject({ ...object, putObjectBody, contentLength: 1 }),
    )
    expect(error).toMatchObject({ statusCode: 503 })
  })

  test('an error for a redirect, which is not followed', async () => {
    const elsewhere = await serveBytes('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n"ns"')
    emulator.setFault('ada', { kind: 'redirect', location: elsewhere.url })
    expect(await failure((await storage()).getNamespace({}))).toMatchObject({ statusCode: 302 })
    expect(elsewhere.connections).toHaveLength(0)
  })

  test('an error that masks the token and signature that a page gives back', async () => {
    const echo = await serve((socket) => {
      socket.once('data', (data) =>
        socket.end(`HTTP/1.1 400 Bad\r\ncontent-length: ${data.length}\r\n\r\n${data}`),
      )
    })
    const error = await failure((await storage({}, { url: echo.url })).getNamespace({}))
    expect(error).toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('signature="********"'),
    })
  })

  test('our error where there was no answer, not the SDK’s nameless object', async () => {
    emulator.setFault('ada', { kind: 'reset' })
    const error = await failure((await storage()).getNamespace({}))
    expect(error).toMatchObject({
      name: 'TransportError',
      code: 'CONNECTION_LOST',
      fix: expect.stringMatching(/./),
    })
  })

  test('a word about a body that is not as long as was announced', async () => {
    const putObjectBody = Readable.from([Buffer.from('abc')])
    const client = await storage()
    const error = await failure(client.putObject({ ...object, putObjectBody, contentLength: 2 }))
    expect(error).toHaveProperty('code', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH')
  })

  test('our error for a stream, too', async () => {
    emulator.setFault('ada', { kind: 'reset' })
    const putObjectBody = Readable.from([Buffer.from('x')])
    const error = await failure(
      (await storage()).putObject({ ...object, putObjectBody, contentLength: 1 }),
    )
    expect(error).toMatchObject({ name: 'TransportError', code: 'CONNECTION_LOST' })
    expect(putObjectBody.destroyed).toBe(true)
  })

  test('the error of each, when many fail at once', async () => {
    const client = await storage()
    const urls = ['http://one.invalid', emulator.url, 'http://two.invalid']
    emulator.setFault('ada', { kind: 'status', status: 500 })
    const clients = await Promise.all(urls.map((url) => storage({}, { url })))
    const calls = Array.from({ length: 30 }, (_, index) =>
      failure((clients[index % 3] ?? client).getNamespace({})),
    )
    const errors = await Promise.all(calls)
    for (const [index, error] of errors.entries()) {
      const expected = [/one\.invalid/, /Internal/i, /two\.invalid/][index % 3]
      expect(error).toHaveProperty('message', expect.stringMatching(expected ?? /./))
    }
  })
})

describe('retries', () => {
  const soon = { delay: () => 0.01 }
  const threeTimes = {
    shouldTerminate: ({ attemptCount }: { attemptCount: number }) => attemptCount >= 2,
  }

  test('are none by default', async () => {
    const before = emulator.requests.length
    emulator.setFault('ada', { kind: 'status', status: 503 })
    await failure((await storage()).getNamespace({}))
    expect(emulator.requests.length - before).toBe(1)
  })

  test('are those of the options', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const retryConfiguration = {
      delayStrategy: soon,
      terminationStrategy: threeTimes,
      retryCondition: () => true,
    }
    const client = await storage({}, { retryConfiguration })
    emulator.setFault('ada', { kind: 'status', status: 503, times: 2 })
    expect(await client.getNamespace({})).toMatchObject({ value: NS })
    emulator.setFault('ada', { kind: 'reset', times: 2 })
    expect(await client.getNamespace({})).toMatchObject({ value: NS })
    emulator.setFault('ada', { kind: 'reset' })
    expect(await failure(client.getNamespace({}))).toHaveProperty('name', 'TransportError')
    emulator.setFault('ada', { kind: 'status', status: 503 })
    expect(await failure(client.getNamespace({}))).toBeInstanceOf(OciError)
    warn.mockRestore()
  })

  test('are those of a request, before those of its client', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const retryConfiguration = { delayStrategy: soon, terminationStrategy: threeTimes }
    emulator.setFault('ada', { kind: 'status', status: 503, times: 2 })
    const client = await storage()
    expect(await client.getNamespace({ retryConfiguration })).toMatchObject({ value: NS })
    warn.mockRestore()
  })
})

describe('a profile’s wishes', () => {
  test('additional_user_agent goes behind that of the SDK, and nowhere else', async () => {
    let head = ''
    const { url } = await forwardTo(emulator.port, (text) => (head = text))
    await (
      await storage({ additional_user_agent: ' app/1\r\nx-evil: 1\u0000 (ä)' }, { url })
    ).getNamespace({})
    expect(head).toMatch(
      /^user-agent: Oracle-TypeScriptSDK\/\S+ \(.*\) app\/1 x-evil: 1 \( \)\r$/im,
    )
    expect(head).not.toMatch(/^x-evil/im)
  })

  test.for([
    [true, 200],
    [false, 0],
  ])('log_requests %s', async ([log_requests, status]) => {
    const lines: Record<string, unknown>[] = []
    const ignore = () => {}
    const logger = {
      debug: ignore,
      warn: ignore,
      error: ignore,
      info: (fields: Record<string, unknown>) => void lines.push(fields),
    }
    await (await storage({ log_requests: log_requests === true }, { logger })).getNamespace({})
    expect(lines.map((line) => line['status'])).toEqual(status ? [status] : [])
    if (status) {
      expect(lines[0]).toMatchObject({
        profile: 'ADA',
        method: 'GET',
        url: `${emulator.url}/n`,
        duration_ms: expect.any(Number),
        opc_request_id: expect.stringMatching(/./),
      })
      expect(JSON.stringify(lines)).not.toMatch(/signature|authorization/i)
    }
  })
})

test('an observer is told of each try, and cannot break it', async () => {
  const exchanges: unknown[] = []
  const client = await storage(
    {},
    {
      onExchange: (exchange) => {
        exchanges.push(exchange)
        throw new Error('observer')
      },
    },
  )
  await client.getNamespace({})
  emulator.setFault('ada', { kind: 'reset' })
  await failure(client.getNamespace({}))
  const about = { method: 'GET', url: `${emulator.url}/n`, host: '127.0.0.1', port: emulator.port }
  expect(exchanges).toMatchObject([
    {
      ...about,
      status: 200,
      date: expect.stringMatching(/GMT$/),
      contentType: 'application/json',
      opcRequestId: expect.stringMatching(/./),
      error: null,
    },
    { ...about, status: null, date: null, opcRequestId: null, error: { code: 'CONNECTION_LOST' } },
  ])
})

test('clients of a process share connections, and closing one harms no other', async () => {
  await closeConnections()
  const seen = await forwardTo(emulator.port, (text) => text)
  const [one, two] = [await storage({}, { url: seen.url }), await storage({}, { url: seen.url })]
  await one.getNamespace({})
  one.close()
  await two.getNamespace({})
  await one.getNamespace({})
  expect(seen.connections).toHaveLength(1)
  await closeConnections()
  await vi.waitFor(() =>
    expect(seen.connections[0]?.destroyed || seen.connections[0]?.readableEnded).toBe(true),
  )
  await two.getNamespace({})
  expect(seen.connections).toHaveLength(2)
})

test.for(['connectTimeoutMs', 'readTimeoutMs'])(
  '%s must be a time that a timer can wait',
  async (name) => {
    for (const ms of [0, -1, NaN, Infinity, 2 ** 31]) {
      await expect(storage({}, { [name]: ms })).rejects.toThrow(RangeError)
    }
  },
)
