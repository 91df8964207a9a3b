/** Start and stop, identities, and the record of requests. */
import { generateKeyPairSync } from 'node:crypto'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { startEmulator, type Emulator, type RequestEntry } from '../../emulator/index.ts'
import { addTestIdentity, testKey, testOcid, type TestIdentity } from '../fixtures/identities.ts'
import { sendRequest } from './send-request.ts'
import { signRequest, type Signable } from './sign-request.ts'

function send({ port }: Emulator, who: TestIdentity, options: Partial<Signable> = {}) {
  const { key, identity } = who
  return sendRequest(signRequest({ key, keyId: identity.keyId, port, ...options }), { port })
}

describe('close', () => {
  test('ends silent, slow and idle connections at once, and frees the port', async () => {
    const emulator = await startEmulator()
    const ada = await addTestIdentity(emulator, 'ada')
    const ben = await addTestIdentity(emulator, 'ben')
    emulator.setFault('ada', { kind: 'silent' })
    emulator.setFault('ben', { kind: 'slow', delayMs: 60_000 })
    const hung = [ada, ben].map((who) =>
      expect(send(emulator, who)).rejects.toThrow('socket hang up'),
    )
    const idle = connect(emulator.port, '127.0.0.1')
    const idleEnded = new Promise((resolve) => idle.on('close', resolve).resume())
    await expect.poll(() => emulator.requests.length).toBe(2)

    const start = performance.now()
    await Promise.all([emulator.close(), emulator.close()])
    expect(performance.now() - start).toBeLessThan(1000)
    await Promise.all([...hung, idleEnded])

    const next = await startEmulator({ port: emulator.port })
    expect(next.port).toBe(emulator.port)
    await next.close()
  })

  test('happens at the end of a block', async () => {
    let port = 0
    {
      await using emulator = await startEmulator()
      port = emulator.port
    }
    await expect(startEmulator({ port }).then((next) => next.close())).resolves.toBeUndefined()
  })
})

describe('start', () => {
  test('says that the port is taken', async () => {
    await using emulator = await startEmulator()
    await expect(startEmulator({ port: emulator.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
  })

  test.each([
    ['127.0.0.1', 'http://127.0.0.1:'],
    ['0.0.0.0', 'http://127.0.0.1:'],
  ])('at %s gives a URL that can be called', async (host, prefix) => {
    await using emulator = await startEmulator({ host })
    expect(emulator.url).toBe(`${prefix}${emulator.port}`)
    const response = await fetch(`${emulator.url}/n`)
    expect(response.status).toBe(401)
  })
})

describe('an identity', () => {
  test('has the fingerprint of its key, which may be PEM, parsed, or the private half', async () => {
    await using emulator = await startEmulator()
    const key = await testKey()
    for (const publicKey of [key.publicPem, key.publicKey, key.privatePem, key.privateKey]) {
      const { identity } = await addTestIdentity(emulator, 'ada', { publicKey })
      expect(identity).toMatchObject({
        fingerprint: key.fingerprint,
        keyId: `${identity.tenancy}/${identity.user}/${key.fingerprint}`,
        namespaceAllowed: true,
      })
    }
  })

  test('gives way to the next of its name', async () => {
    await using emulator = await startEmulator()
    const before = await addTestIdentity(emulator, 'ada')
    const after = await addTestIdentity(emulator, 'ada', { label: 'second' })
    expect((await send(emulator, before)).status).toBe(401)
    expect((await send(emulator, after)).status).toBe(200)
  })

  test('may share user and key with another in another tenancy', async () => {
    await using emulator = await startEmulator()
    const ada = await addTestIdentity(emulator, 'ada')
    const tenancy = testOcid('tenancy', 'other')
    const twin = await addTestIdentity(emulator, 'twin', {
      user: ada.identity.user,
      tenancy,
      namespace: 'other',
    })
    expect((await send(emulator, ada)).json).toBe('axtestnamespace')
    expect((await send(emulator, twin)).json).toBe('other')
  })

  test('needs an RSA key', async () => {
    await using emulator = await startEmulator()
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    await expect(addTestIdentity(emulator, 'ada', { publicKey })).rejects.toThrow(TypeError)
  })
})

describe('the record of requests', () => {
  test('names who called what and how it ended, and nothing secret', async () => {
    const reported: RequestEntry[] = []
    const now = Date.UTC(2026, 10, 23, 20, 0, 0)
    await using emulator = await startEmulator({
      now: () => now,
      log: (entry) => reported.push(entry),
    })
    const ada = await addTestIdentity(emulator, 'ada')
    await send(emulator, ada, { now })
    await send(emulator, ada, { now: 0 })
    await fetch(`${emulator.url}/n`, { headers: { authorization: 'Bearer hush' } })

    const at = '2026-11-23T20:00:00.000Z'
    const call = { method: 'GET', target: '/n', service: 'object_storage', at }
    const byAda = { ...call, identity: 'ada', user: ada.identity.user }
    const expected = [
      { ...byAda, status: 200, verified: true },
      { ...byAda, status: 401, verified: false },
      { ...call, identity: null, user: null, status: 401, verified: false },
    ]
    expect(emulator.requests).toEqual(expected)
    await expect.poll(() => reported).toEqual(expected)
  })

  test('keeps the last thousand', async () => {
    await using emulator = await startEmulator()
    for (let i = 0; i < 1003; i++) await fetch(`${emulator.url}/${i}`).then((r) => r.text())
    const targets = emulator.requests.map(({ target }) => target)
    expect(targets).toHaveLength(1000)
    expect([targets.at(0), targets.at(-1)]).toEqual(['/3', '/1002'])
  })
})
