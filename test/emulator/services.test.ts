/** What the services answer to good requests. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEmulator, type Emulator } from '../../emulator/index.ts'
import { addTestIdentity, testOcid, type TestIdentity } from '../fixtures/identities.ts'
import { sendRequest } from './send-request.ts'
import { DIALECTS, signRequest, type Signable } from './sign-request.ts'

const NS = 'axtestnamespace'
const COMPARTMENT = testOcid('compartment', 'test')

let emulator: Emulator
let ada: TestIdentity
let outsider: TestIdentity

beforeAll(async () => {
  emulator = await startEmulator()
  ada = await addTestIdentity(emulator, 'ada')
  outsider = await addTestIdentity(emulator, 'outsider', { namespaceAllowed: false })
})
afterAll(() => emulator.close())

function send(options: Partial<Signable> = {}, who = ada) {
  const { key, identity } = who
  const { port } = emulator
  return sendRequest(signRequest({ key, keyId: identity.keyId, port, ...options }), { port })
}

const put = (target: string, body: string, headers = {}) =>
  send({ method: 'PUT', target, body, headers, names: DIALECTS.Go.names })

describe('Object Storage', () => {
  test.each(['/n', '/n/', `/n?compartmentId=${COMPARTMENT}`])(
    'GET %s is the namespace',
    async (target) => {
      const reply = await send({ target })
      expect(reply).toMatchObject({ status: 200, json: NS })
      expect(reply.headers['content-type']).toBe('application/json')
    },
  )

  test('keeps an object as it was put, under its decoded name', async () => {
    const type = { 'content-type': 'text/plain; charset=utf-8' }
    const stored = await put(`/n/${NS}/b/photos/o/a%2Fb%20c`, 'grüße', type)
    expect(stored).toMatchObject({ status: 200, text: '' })
    const reply = await send({ target: `/n/${NS}/b/photos/o/a/b%20c` })
    expect(reply).toMatchObject({ status: 200, text: 'grüße' })
    expect(reply.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      etag: stored.headers.etag,
      'content-md5': stored.headers['opc-content-md5'],
    })
  })

  test('lists the buckets that hold objects', async () => {
    await put(`/n/${NS}/b/books/o/one`, '1')
    await put(`/n/${NS}/b/books/o/two`, '2')
    const reply = await send({ target: `/n/${NS}/b?compartmentId=${COMPARTMENT}` })
    const books = (reply.json as { name: string }[]).filter(({ name }) => name === 'books')
    expect(books).toEqual([
      {
        namespace: NS,
        name: 'books',
        compartmentId: COMPARTMENT,
        createdBy: ada.identity.user,
        timeCreated: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        etag: expect.stringMatching(/^[0-9a-f]{40}$/),
      },
    ])
  })

  test.each([
    [`/n/${NS}/b`, 400, 'MissingParameter'],
    [`/n/other/b?compartmentId=${COMPARTMENT}`, 404, 'NamespaceNotFound'],
    [`/n/${NS}/b/photos/o/absent`, 404, 'ObjectNotFound'],
    [`/n/${NS}/b/photos/o/`, 404, 'NotAuthorizedOrNotFound'],
    [`/n/${NS}/b/photos/o/%E0%A4%A`, 400, 'InvalidParameter'],
  ])('GET %s is %i %s', async (target, status, code) => {
    expect(await send({ target })).toMatchObject({ status, json: { code } })
  })

  test.each(['/n', `/n/${NS}/b?compartmentId=${COMPARTMENT}`, `/n/${NS}/b/photos/o/absent`])(
    'does not say that GET %s is there to whom no policy allows it',
    async (target) => {
      expect(await send({ target }, outsider)).toMatchObject({
        status: 404,
        json: {
          code: 'NotAuthorizedOrNotFound',
          message: 'Authorization failed or requested resource not found.',
        },
      })
    },
  )
})

describe('Identity', () => {
  test('lists regions', async () => {
    const reply = await send({ target: '/20160918/regions' })
    expect(reply.status).toBe(200)
    expect(reply.json).toContainEqual({ key: 'FRA', name: 'eu-frankfurt-1' })
  })
})

describe('Generative AI', () => {
  const messages = [{ role: 'USER', content: [{ type: 'TEXT', text: 'good morning' }] }]
  const servingMode = { servingType: 'ON_DEMAND', modelId: 'a-model' }
  const chat = (chatRequest: object, headers = {}, details = {}) => {
    const body = JSON.stringify({
      compartmentId: COMPARTMENT,
      servingMode,
      chatRequest,
      ...details,
    })
    return send({ method: 'POST', target: '/20231130/actions/chat', body, headers })
  }
  const assistant = {
    role: 'ASSISTANT',
    content: [{ type: 'TEXT', text: 'You said: good morning' }],
  }
  const generic = { apiFormat: 'GENERIC', messages }

  test.each([
    [generic, { choices: [{ index: 0, message: assistant, finishReason: 'stop' }] }],
    [
      { apiFormat: 'COHERE', message: 'good morning' },
      { text: 'You said: good morning', finishReason: 'COMPLETE' },
    ],
    [
      { apiFormat: 'COHEREV2', messages },
      { message: assistant, finishReason: 'COMPLETE' },
    ],
  ])('answers $apiFormat in its own form', async (request, expected) => {
    const reply = await chat(request)
    expect(reply).toMatchObject({
      status: 200,
      json: { modelId: 'a-model', chatResponse: { apiFormat: request.apiFormat, ...expected } },
    })
  })

  const events = { accept: 'text/event-stream' }
  test.each([
    ['asked in the body', { ...generic, isStream: true }, {}],
    ['asked by Accept', generic, events],
    ['COHERE', { apiFormat: 'COHERE', message: 'good morning' }, events],
    ['COHEREV2', { apiFormat: 'COHEREV2', messages }, events],
  ])('streams events: %s', async (_, request, headers) => {
    const reply = await chat(request, headers)
    expect(reply.headers['content-type']).toBe('text/event-stream')
    const pieces = reply.text.split('\n\n').filter(Boolean)
    expect(pieces).toHaveLength(5)
    expect(reply.pieces).toBeGreaterThan(1)
    const parsed = pieces.map((piece) => JSON.parse(piece.replace(/^data: /, '')) as object)
    expect(JSON.stringify(parsed.slice(0, -1))).toMatch(/You .*said: .*good .*morning/)
    expect(parsed.at(-1)).toHaveProperty('finishReason')
  })

  test('answers JSON to an SDK that takes both and did not ask for a stream', async () => {
    const reply = await chat(generic, { accept: 'application/json, text/event-stream' })
    expect(reply.json).toHaveProperty('chatResponse')
  })

  test.each([
    [{}, {}],
    [{ apiFormat: 'OTHER', messages }, {}],
    [{ apiFormat: 'GENERIC', messages: [] }, {}],
    [{ apiFormat: 'GENERIC', messages: 'text' }, {}],
    [generic, { compartmentId: 1 }],
    [generic, { servingMode: null }],
  ])('refuses %j with %j', async (request, details) => {
    const reply = await chat(request, {}, details)
    expect(reply).toMatchObject({ status: 400, json: { code: 'InvalidParameter' } })
  })
})
