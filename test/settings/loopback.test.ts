import { expect, test } from 'vitest'
import { isLoopbackHost, requireKeyBeyondLoopback } from '../../src/settings/index.ts'
import { loadOn } from './load.ts'
import { recordingLogger } from './recording-logger.ts'

test.each([
  ['127.0.0.1', true],
  ['127.255.3.4', true],
  ['::1', true],
  ['0:0:0:0:0:0:0:1', true],
  ['::ffff:127.0.0.1', true],
  ['localhost', true],
  ['LOCALHOST', true],
  ['0.0.0.0', false],
  ['::', false],
  ['128.0.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['fe80::1%lo', false],
  ['127.1', false],
  ['localhost.example.com', false],
  ['127.0.0.1.example.com', false],
  ['', false],
])('%j is loopback: %s', (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected)
})

test.each([
  ['loopback without a key', {}, true],
  ['all addresses without a key', { OCI_PROFILES_HOST: '0.0.0.0' }, false],
  ['a name without a key', { OCI_PROFILES_HOST: 'profiles.example.com' }, false],
  [
    'all addresses with a key',
    { OCI_PROFILES_HOST: '::', OCI_PROFILES_API_KEY: 'a-key-of-some-length' },
    true,
  ],
  ['all addresses with an empty key', { OCI_PROFILES_HOST: '::', OCI_PROFILES_API_KEY: '' }, false],
])('%s may start: %s', async (_what, env, allowed) => {
  const logger = recordingLogger()
  const settings = await loadOn({ env })
  const check = () => requireKeyBeyondLoopback(settings, logger)
  if (allowed) expect(check).not.toThrow()
  else expect(check).toThrow(expect.objectContaining({ code: 'API_KEY_REQUIRED' }))
  expect(logger.lines).toEqual([])
})

test('a key in configuration.json is a key that was set', async () => {
  const settings = await loadOn({ file: { host: '0.0.0.0', api_key: 'a-key-of-some-length' } })
  expect(() => requireKeyBeyondLoopback(settings)).not.toThrow()
})

test('a short key beyond loopback is warned of, without showing it', async () => {
  const logger = recordingLogger()
  const env = { OCI_PROFILES_HOST: '0.0.0.0', OCI_PROFILES_API_KEY: 'xyzzy' }
  requireKeyBeyondLoopback(await loadOn({ env }), logger)
  expect(logger.lines).toHaveLength(1)
  expect(logger.lines[0]).toContain('api_key has 5 characters')
  expect(logger.lines[0]).not.toContain('xyzzy')
})
