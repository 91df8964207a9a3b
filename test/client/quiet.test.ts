/** What a program that uses clients does not notice: noise, delay at its end, packages that it does not need. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { startEmulator } from '../../emulator/index.ts'
import { exportKey, goodKey } from './key-material.ts'
import { serve } from './loopback.ts'
import { instanceEnv } from './places-of-principals.ts'
import { FINGERPRINT, TENANCY, USER } from './profiles.ts'

const here = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)

const PROLOGUE = `
  import { createRequire } from 'node:module'
  import { initClient, getSigner, closeConnections, loadPrivateKey } from ${here('../../src/client/index.ts')}
  import { createProfile } from ${here('../../src/schemas/index.ts')}
  const profile = createProfile({ auth_profile: 'P', user: '${USER}', tenancy: '${TENANCY}', region: 'eu-frankfurt-1',
    fingerprint: '${FINGERPRINT}', key_content: process.env.KEY })
  const loaded = () => ['oci-common', 'undici', 'oci-objectstorage'].filter((name) =>
    Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('/node_modules/' + name + '/')))
`

async function run(script: string, env: Record<string, string> = {}) {
  const startedAt = performance.now()
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module-typescript', '-e', PROLOGUE + script],
    { env: { ...process.env, KEY: exportKey(goodKey, 'pkcs8'), ...env }, cwd: import.meta.dirname },
  )
  return { stdout, stderr, ms: performance.now() - startedAt }
}

describe('loads neither the SDK nor undici', () => {
  test.for<[string, string]>([
    ['to be imported', ''],
    ['to load a key', 'await loadPrivateKey(profile)'],
    [
      'to sign',
      `const signer = await getSigner(profile)
       await signer.signHttpRequest({ method: 'GET', uri: 'http://x/n', headers: new Headers() })`,
    ],
    ['to close what was never open', 'await closeConnections()'],
  ])('%s', async ([, script]) => {
    expect(await run(`${script}\nconsole.log(loaded())`)).toMatchObject({
      stdout: '[]\n',
      stderr: '',
    })
  })
})

const CALLS = `
  const { ObjectStorageClient } = await import('oci-objectstorage')
  const { Readable } = await import('node:stream')
  const client = await initClient(ObjectStorageClient, profile)
  const where = { namespaceName: 'n', bucketName: 'b', objectName: 'o', contentLength: 1 }
  await Promise.allSettled([
    client.getNamespace({}),
    client.putObject({ ...where, putObjectBody: 'x' }),
    client.putObject({ ...where, putObjectBody: Readable.from([Buffer.from('x')]) }),
  ])
`

describe('a program', () => {
  test.for<[string, string]>([
    [
      'succeeds',
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 4\r\n\r\n"ns"',
    ],
    ['is refused', 'HTTP/1.1 401 No\r\ncontent-length: 30\r\n\r\n{"code":"NotAuth","message":1}'],
    ['meets a failing service', 'HTTP/1.1 503 No\r\ncontent-length: 2\r\n\r\n{}'],
    ['is hung up on', ''],
  ])('that %s prints nothing, and ends when it is through', async ([, answer]) => {
    const { url } = await serve((socket) => {
      socket.on('data', () => (answer ? socket.write(answer) : socket.resetAndDestroy()))
    })
    const env = { OCI_PROFILES_ENDPOINT_URL: url }
    const idle = await run('await import("oci-objectstorage")', env)
    const busy = await run(CALLS, env)
    expect(busy).toMatchObject({ stdout: '', stderr: '' })
    // Kept connections would hold it for seconds.
    expect(busy.ms - idle.ms).toBeLessThan(2000)
  })
})

describe('a program on an instance', () => {
  test.for<[string, string]>([
    ['asks for its namespace', 'await client.getNamespace({})'],
    ['goes on with an old token', 'await new Promise((done) => setTimeout(done, 1700))'],
  ])('that %s prints nothing, and ends when it is through', async ([, work]) => {
    await using emulator = await startEmulator()
    const place = { tenancy: TENANCY, namespace: 'ns', tokenLifetimeS: 3 }
    await emulator.addPrincipal({ kind: 'instance', name: 'vm', ...place })
    const script = `
      const { ObjectStorageClient } = await import('oci-objectstorage')
      const principal = createProfile({ auth_profile: 'I', authentication: 'instance_principal' })
      const client = await initClient(ObjectStorageClient, principal)
      ${work}
      await client.getNamespace({})
    `
    const env = instanceEnv(emulator) as Record<string, string>
    const idle = await run('await import("oci-objectstorage")', env)
    const busy = await run(script, env)
    expect(busy).toMatchObject({ stdout: '', stderr: '' })
    // Making a key takes its time; kept connections would hold it for longer.
    expect(busy.ms - idle.ms).toBeLessThan(work.includes('1700') ? 5000 : 3300)
  })
})
