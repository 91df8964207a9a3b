import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApi, type TestApi } from '../api/harness.ts'

const folder = join(import.meta.dirname, '../../dist/console')
const assets = readdirSync(join(folder, 'assets'))
const scripts = assets.filter((file) => file.endsWith('.js'))

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

let api: TestApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

test('all scripts together are less than 30 kB, compressed', () => {
  const sizes = scripts.map((file) => gzipSync(readFileSync(join(folder, 'assets', file))).length)
  expect(scripts.length).toBeGreaterThan(0)
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(30_000)
})

test('the page has no script and no style of its own, and names its files relative to itself', () => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  expect(page).not.toMatch(/<style|<script[^>]*>[^<]|\sstyle=|\son\w+=/)
  const links = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link)
  expect(links.length).toBeGreaterThan(2)
  for (const link of links) expect(link).toMatch(/^\.\/assets\/[\w.-]+$/)
})

test('what is built was built for use, not for finding mistakes', () => {
  const traces = scripts.flatMap((file) =>
    readFileSync(join(folder, 'assets', file), 'utf8').match(/__self|fileName:|sourceMappingURL/g),
  )
  expect(traces.filter(Boolean)).toEqual([])
})

test('needs no key, may load nothing from elsewhere, and may not be framed', async () => {
  const { status, headers } = await api.call('GET', '/', { withoutKey: true })
  expect(status).toBe(200)
  expect(headers).toMatchObject({
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
    'content-type': 'text/html; charset=utf-8',
  })
})

test('files are kept by the browser for good, and come compressed to whom takes it', async () => {
  const [script = ''] = scripts
  const path = `/assets/${script}`
  const plain = await api.call('GET', path, { withoutKey: true })
  expect(plain.status).toBe(200)
  expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(plain.headers['content-security-policy']).toBe(POLICY)
  const headers = { 'accept-encoding': 'br, gzip' }
  const short = await api.call('GET', path, { withoutKey: true, headers })
  expect(short.headers['content-encoding']).toBe('br')
  expect(short.headers['content-type']).toMatch(/javascript/)
  const twin = readFileSync(join(folder, 'assets', `${script}.br`))
  expect(Number(short.headers['content-length'])).toBe(twin.length)
  expect(brotliDecompressSync(twin).toString()).toBe(plain.text)
})

test.each(['/assets/nothing.js', '/assets/..%2findex.html', '/assets/', '/index.html'])(
  'GET %s gives no file',
  async (path) => {
    const { status, headers, text } = await api.call('GET', path, { withoutKey: true })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(headers['content-type']).toContain('problem+json')
    expect(headers['cache-control']).toBe('no-store')
    expect(text).not.toContain('<html')
  },
)

test('behind a prefix, the address without a slash at its end leads to the page', async () => {
  const prefixed = await startApi({ urlPrefix: '/oci' })
  const { status, headers } = await prefixed.call('GET', '/oci', { withoutKey: true })
  expect([status, headers['location']]).toEqual([302, '/oci/'])
  expect((await prefixed.call('GET', '/oci/', { withoutKey: true })).status).toBe(200)
  expect((await prefixed.call('GET', '/', { withoutKey: true })).status).toBe(404)
  await prefixed.close()
})
