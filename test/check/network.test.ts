/** Networks that are broken in their own ways: told apart, bounded in time, and left at once when the check is cancelled. */
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEmulator } from '../../emulator/index.ts'
import { runCheck } from '../../src/check/index.ts'
import { makeLoopbackCertificate } from '../fixtures/certificates.ts'
import { addTestIdentity } from '../fixtures/identities.ts'
import { makeMaterial, USER, type Material } from './material.ts'
import { findRefusingUrl, startAnswering, startBlackHole, startPeer } from './peers.ts'

let material: Material

beforeAll(async () => {
  material = await makeMaterial()
})
afterAll(() => material[Symbol.asyncDispose]())

async function checkAt(url: string, more: { env?: object; signal?: AbortSignal } = {}) {
  const env = { OCI_PROFILES_ENDPOINT_URL: url, HOME: material.folder, ...more.env }
  return (await runCheck(material.profile(), { env, signal: more.signal })).check
}

describe('an address that does not work', () => {
  test('names the host that DNS does not know', async () => {
    const check = await checkAt('http://objectstorage.xx-nowhere-7.invalid')
    expect(check.code).toBe('DNS_FAILED')
    expect(check.message).toContain('objectstorage.xx-nowhere-7.invalid')
  })

  test('names the port that refuses', async () => {
    const url = await findRefusingUrl()
    const check = await checkAt(url)
    expect(check.code).toBe('CONNECTION_REFUSED')
    expect(check.message).toContain(url.slice('http://'.length))
  })

  test('ends after a second where packets vanish', async () => {
    await using blackHole = await startBlackHole()
    const check = await checkAt(blackHole.url)
    expect(check.code).toBe('CONNECT_TIMEOUT')
    expect(check.duration_ms).toBeGreaterThan(950)
    expect(check.duration_ms).toBeLessThan(1800)
  })

  test('is CONNECTION_REFUSED where a proxy wants a password, which is not shown', async () => {
    const headers = ['proxy-authenticate: Basic realm="x"']
    await using proxy = await startAnswering('407 Proxy Authentication Required', headers)
    const env = { HTTPS_PROXY: proxy.url.replace('//', '//ada:canary@') }
    const check = await checkAt('https://127.0.0.1:9', { env })
    expect(check).toMatchObject({ code: 'CONNECTION_REFUSED' })
    expect(check.fix).toContain('HTTPS_PROXY')
    expect(JSON.stringify(check)).not.toContain('canary')
  })

  test('that the environment states badly is told by the name of the variable', async () => {
    const check = await checkAt('not a url')
    expect(check.code).toBe('SETTING_INVALID')
    expect(check.message).toContain('OCI_PROFILES_ENDPOINT_URL')
  })
})

describe('TLS', () => {
  test('is untrusted with a certificate of its own making, and trusted once that is named', async () => {
    const { key } = material
    const cert = makeLoopbackCertificate(key)
    await using emulator = await startEmulator({ tls: { key: key.privatePem, cert } })
    await addTestIdentity(emulator, 'ada', { user: USER })

    const untrusted = await checkAt(emulator.url)
    expect(untrusted.code).toBe('TLS_UNTRUSTED')
    expect(untrusted.message).toContain('127.0.0.1')
    expect(untrusted.fix).toContain('OCI_CLI_CERT_BUNDLE')

    const bundle = material.path('ca.pem')
    await writeFile(bundle, cert)
    const trusted = await checkAt(emulator.url, { env: { OCI_CLI_CERT_BUNDLE: bundle } })
    expect(trusted.code).toBeNull()

    const other = material.path('other-ca.pem')
    await writeFile(other, makeLoopbackCertificate(material.other))
    const still = await checkAt(emulator.url, { env: { OCI_CLI_CERT_BUNDLE: other } })
    expect(still.fix).toContain(`to ${other}, which OCI_CLI_CERT_BUNDLE names`)
  })
})

describe('a peer that is no OCI', () => {
  const html = 'content-type: text/html; charset=utf-8'
  const json = 'content-type: application/json'

  test.each<[string, string[], string, string, string]>([
    [
      '401 Unauthorized',
      [html],
      '<h1>',
      'UNEXPECTED_RESPONSE',
      '401 with "text/html": that does not come',
    ],
    ['403 Forbidden', [html], '<h1>', 'UNEXPECTED_RESPONSE', '403 with "text/html": that does not'],
    ['404 Not Found', [], '', 'UNEXPECTED_RESPONSE', '404 with no content type: that does not'],
    ['407 Proxy', [html], '', 'UNEXPECTED_RESPONSE', 'the proxy wants a user name and a password'],
    ['503 Busy', [html], '<h1>', 'SERVICE_ERROR', 'without an opc-request-id, so it may come from'],
    [
      '200 OK',
      ['content-type: text/plain'],
      'free wifi',
      'UNEXPECTED_RESPONSE',
      '200 with "text/plain"',
    ],
    ['200 OK', [html], '<html></html>', 'UNEXPECTED_RESPONSE', 'that is not a namespace'],
    ['200 OK', [], '', 'UNEXPECTED_RESPONSE', 'that is not a namespace'],
    ['200 OK', [json], '"two words"', 'UNEXPECTED_RESPONSE', 'that is not a namespace'],
    ['200 OK', [json], '" "', 'UNEXPECTED_RESPONSE', 'that is not a namespace'],
    ['200 OK', [json], '""', 'UNEXPECTED_RESPONSE', 'that is not a namespace'],
    ['200 OK', [json], 'null', 'UNEXPECTED_RESPONSE', 'that is not a namespace'],
    ['204 No Content', [], '', 'UNEXPECTED_RESPONSE', '204 with no content type'],
    ['301 Moved', ['location: /n'], '', 'UNEXPECTED_RESPONSE', 'it sends the request elsewhere'],
  ])('%s %j %j is %s', async (status, headers, body, code, message) => {
    await using peer = await startAnswering(status, headers, body)
    const check = await checkAt(peer.url)
    expect(check.code).toBe(code)
    expect(check.message).toContain(message)
  })

  test('may not even speak HTTP', async () => {
    await using peer = await startPeer((socket) =>
      socket.on('data', () => socket.write('SSH-2.0-OpenSSH_9.2\r\n')),
    )
    expect((await checkAt(peer.url)).code).toBe('UNEXPECTED_RESPONSE')
  })

  test('may hang up at once', async () => {
    await using peer = await startPeer((socket) => socket.end())
    expect((await checkAt(peer.url)).code).toBe('CONNECTION_LOST')
  })

  test('may promise more than it sends', async () => {
    await using peer = await startPeer((socket) =>
      socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n"half')),
    )
    expect((await checkAt(peer.url)).code).toBe('CONNECTION_LOST')
  })

  test('that never comes to an end is left after 15 s', { timeout: 30_000 }, async () => {
    await using peer = await startPeer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n"')
        const timer = setInterval(() => socket.write('a'), 3000)
        socket.once('close', () => clearInterval(timer))
      })
    })
    const check = await checkAt(peer.url)
    expect(check).toMatchObject({ code: 'READ_TIMEOUT', message: 'no whole answer within 15 s' })
    expect(check.duration_ms).toBeGreaterThanOrEqual(14_990)
    expect(check.duration_ms).toBeLessThan(16_500)
  })
})

describe('a check that is cancelled', () => {
  async function expectCancelled(url: string, signal: AbortSignal, limitMs: number) {
    const check = await checkAt(url, { signal })
    expect(check).toMatchObject({ code: 'CHECK_CANCELLED', message: 'the check was cancelled' })
    expect(check.duration_ms).toBeLessThan(limitMs)
  }

  test('ends at once while it connects', async () => {
    await using blackHole = await startBlackHole()
    await expectCancelled(blackHole.url, AbortSignal.timeout(200), 700)
  })

  test('ends at once while it waits for the answer, and hangs up', async () => {
    const hungUp = Promise.withResolvers<void>()
    await using peer = await startPeer((socket) => {
      socket.resume()
      socket.once('close', () => hungUp.resolve())
    })
    await expectCancelled(peer.url, AbortSignal.timeout(200), 700)
    const waited = performance.now()
    await hungUp.promise
    expect(performance.now() - waited).toBeLessThan(1000)
  })

  test('never begins when it was cancelled before', async () => {
    let connections = 0
    await using peer = await startPeer(() => (connections += 1))
    await expectCancelled(peer.url, AbortSignal.abort(), 100)
    expect(connections).toBe(0)
  })
})
