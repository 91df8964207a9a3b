/** Oracle's own SDK, unchanged, against the emulator: what it sends is accepted, what it gets is understood. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  NoRetryConfigurationDetails,
  OciError,
  Region,
  SessionAuthDetailProvider,
  SimpleAuthenticationDetailsProvider,
} from 'oci-common'
import { GenerativeAiInferenceClient, type models } from 'oci-generativeaiinference'
import { ObjectStorageClient } from 'oci-objectstorage'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startEmulator, writeSampleProfiles, type Emulator } from '../../emulator/index.ts'
import { addTestIdentity, testKey, testOcid, type TestKey } from '../fixtures/identities.ts'

const NS = 'axtestnamespace'
const noRetries = { retryConfiguration: NoRetryConfigurationDetails }

let emulator: Emulator
let folder: string

beforeAll(async () => {
  emulator = await startEmulator()
  folder = await mkdtemp(join(tmpdir(), 'oci-emulator-'))
})
// The SDK prints every failure.
beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => {}))
afterAll(async () => {
  await emulator.close()
  await rm(folder, { recursive: true })
})

function providerOf(user: string, key: TestKey, pem = key.privatePem) {
  const tenancy = testOcid('tenancy', 'test')
  return new SimpleAuthenticationDetailsProvider(
    tenancy,
    user,
    key.fingerprint,
    pem,
    null,
    Region.EU_FRANKFURT_1,
  )
}

type Provider = SimpleAuthenticationDetailsProvider | SessionAuthDetailProvider

function storageOf(authenticationDetailsProvider: Provider): ObjectStorageClient {
  const client = new ObjectStorageClient({ authenticationDetailsProvider }, noRetries)
  client.endpoint = emulator.url
  return client
}

describe('Oracle’s SDK', () => {
  test('gets the namespace', async () => {
    const { identity, key } = await addTestIdentity(emulator, 'ada')
    const client = storageOf(providerOf(identity.user, key))
    expect(await client.getNamespace({})).toMatchObject({ value: NS })
    expect(emulator.requests.at(-1)).toMatchObject({ identity: 'ada', status: 200, verified: true })
    client.close()
  })

  test('puts an object and gets it back', async () => {
    const { identity, key } = await addTestIdentity(emulator, 'ada')
    const client = storageOf(providerOf(identity.user, key))
    const where = { namespaceName: NS, bucketName: 'bücket', objectName: 'a/b c+&?.txt' }
    await client.putObject({ ...where, putObjectBody: 'hello', contentLength: 5 })
    const { value } = await client.getObject(where)
    expect(await new Response(value as ReadableStream).text()).toBe('hello')
    const { items } = await client.listBuckets({ namespaceName: NS, compartmentId: 'a&b c' })
    expect(items.map(({ name }) => name)).toEqual(['bücket'])
    client.close()
  })

  test('is told that its key is not the user’s', async () => {
    const { identity, key } = await addTestIdentity(emulator, 'ada')
    const { privatePem } = await testKey('second')
    const client = storageOf(providerOf(identity.user, key, privatePem))
    const error: unknown = await client.getNamespace({}).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(OciError)
    expect(error).toMatchObject({
      statusCode: 401,
      serviceCode: 'NotAuthenticated',
      opcRequestId: expect.stringContaining('/'),
    })
    client.close()
  })

  test('uses the session of the sample profiles', async () => {
    const { configFile } = await writeSampleProfiles(emulator, join(folder, 'oci'), 'working')
    const client = storageOf(new SessionAuthDetailProvider(configFile, 'SESSION'))
    expect(await client.getNamespace({})).toMatchObject({ value: 'axsampletenancy' })
    client.close()
  })

  test('chats, at once and as a stream', async () => {
    const { identity, key } = await addTestIdentity(emulator, 'ada')
    const client = new GenerativeAiInferenceClient(
      { authenticationDetailsProvider: providerOf(identity.user, key) },
      noRetries,
    )
    client.endpoint = emulator.url
    const content: models.TextContent[] = [{ type: 'TEXT', text: 'grüß dich' }]
    const message: models.UserMessage = { role: 'USER', content }
    const servingMode: models.OnDemandServingMode = { servingType: 'ON_DEMAND', modelId: 'm' }
    const chat = (isStream: boolean) => {
      const messages = [message]
      const chatRequest: models.GenericChatRequest = { apiFormat: 'GENERIC', messages, isStream }
      const compartmentId = testOcid('compartment', 'test')
      return client.chat({ chatDetails: { compartmentId, servingMode, chatRequest } })
    }
    expect(JSON.stringify(await chat(false))).toContain('You said: grüß dich')
    const stream = (await chat(true)) as ReadableStream
    expect(await new Response(stream).text()).toMatch(/^data: \{.*"grüß ".*"finishReason"/s)
    client.close()
  })
})
