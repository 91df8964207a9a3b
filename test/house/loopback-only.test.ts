import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { refusedHosts } from '../setup/loopback-only.mjs'

/** Code of the error that a connection ends with, or `connected`. */
async function outcome(socket: Socket): Promise<string> {
  try {
    await once(socket, 'connect')
    return 'connected'
  } catch (error) {
    return error instanceof Error && 'code' in error
      ? String(error.code)
      : 'an error without a code'
  } finally {
    socket.destroy()
  }
}

test.each(['192.0.2.1', '2001:db8::1', 'example.com', '169.254.169.254'])(
  'a connection to %s is refused and noted',
  async (host) => {
    expect(await outcome(connect({ host, port: 443 }))).toBe('ERR_BEYOND_LOOPBACK')
    expect(await outcome(connect(443, host))).toBe('ERR_BEYOND_LOOPBACK')
    expect(refusedHosts.splice(0)).toEqual([host, host])
  },
)

test('a request of fetch is refused too', async () => {
  await expect(fetch('http://192.0.2.1/')).rejects.toMatchObject({
    cause: { code: 'ERR_BEYOND_LOOPBACK' },
  })
  expect(refusedHosts.splice(0)).toEqual(['192.0.2.1'])
})

test('a server on loopback is reached, and a reserved name fails as names do', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  try {
    expect(await outcome(connect({ host: '127.0.0.1', port }))).toBe('connected')
    expect(await outcome(connect(port))).toBe('connected')
    expect(await outcome(connect({ host: 'nowhere.invalid', port }))).toMatch(
      /^E(NOTFOUND|AI_AGAIN)$/,
    )
  } finally {
    server.close()
  }
})

test('Node processes that a test starts are guarded as well', async () => {
  const program = "fetch('http://192.0.2.1/').catch((error) => console.log(error.cause.code))"
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program])
  expect(stdout.trim()).toBe('ERR_BEYOND_LOOPBACK')
})
