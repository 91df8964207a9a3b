import { expect, onTestFinished, test } from 'vitest'
import type { ApiOptions } from '../../src/api/index.ts'
import type { StoredSettings } from '../../src/settings/index.ts'
import { startApi, type TestApi } from './harness.ts'

const view = (value: unknown, port = 8000) =>
  Object.fromEntries(
    [
      ['log_level', value, true],
      ['port', port, false],
    ].map(([name, shown, run_time]) => [
      name,
      {
        value: shown,
        source: 'default',
        detail: null,
        default: shown,
        expected: '',
        run_time,
        help: '',
      },
    ]),
  ) as ReturnType<ApiOptions['settings']['view']>

async function apiOver(settings: Partial<ApiOptions['settings']>): Promise<TestApi> {
  const defaults = { view: () => view('info'), stored: () => null, change: async () => {} }
  const api = await startApi({ settings: { ...defaults, ...settings } })
  onTestFinished(() => api.close())
  return api
}

const tagOf = async (settings: Partial<ApiOptions['settings']>) =>
  String((await (await apiOver(settings)).call('GET', '/v1/settings')).headers['etag'])

test('the ETag of the settings names version and values of what is stored, and nothing else', async () => {
  const tag = (stored: StoredSettings, shown = view('info')) =>
    tagOf({ stored: () => stored, view: () => shown })
  const first = await tag({ version: 3, values: { log_level: 'warn', check_concurrency: 1 } })
  expect(first).toMatch(/^"3-[\w-]{16}"$/)
  const same = { version: 3, values: { check_concurrency: 1, log_level: 'warn' } }
  expect(await tag(same, view('debug', 1))).toBe(first)
  expect(await tag({ ...same, version: 4 })).not.toBe(first)
  expect(await tag({ ...same, values: { ...same.values, log_level: 'info' } })).not.toBe(first)
})

test('without a database it names the values that apply', async () => {
  const tag = (value: unknown, port?: number) => tagOf({ view: () => view(value, port) })
  const first = await tag('info')
  expect(first).toMatch(/^"running-[\w-]{16}"$/)
  expect(await tag('info', 9000)).toBe(first)
  expect(await tag('debug')).not.toBe(first)
})

test.each<[string, string | undefined, number]>([
  ['no tag', undefined, 200],
  ['the tag of what is stored', 'current', 200],
  ['it among others', '"x", current', 200],
  ['any', '*', 200],
  ['another one', '"2-AAAAAAAAAAAAAAAA"', 412],
  ['a weak one', 'W/current', 412],
  ['one of before there was a database', '"running-AAAAAAAAAAAAAAAA"', 412],
])('a change with If-Match naming %s: %s, %i', async (_what, header, status) => {
  let stored: StoredSettings = { version: 3, values: { log_level: 'warn' } }
  const api = await apiOver({
    stored: () => stored,
    async change(values, precondition) {
      precondition(stored)
      stored = { version: 4, values: { ...stored.values, ...values } }
    },
  })
  const before = String((await api.call('GET', '/v1/settings')).headers['etag'])
  const headers: Record<string, string> =
    header === undefined ? {} : { 'if-match': header.replace('current', before) }
  const answer = await api.call('PUT', '/v1/settings', { body: { log_level: 'info' }, headers })
  expect(answer.status).toBe(status)
  if (status === 412) expect(answer.json.code).toBe('PRECONDITION_FAILED')
  else expect(answer.headers['etag']).toMatch(/^"4-/)
})
