import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fails, WORKS } from '../registry/checks.ts'
import { KEY, startApi, type TestApi } from '../api/harness.ts'
import { hasBrowser, launchBrowser } from './browser.ts'

const HOSTILE = '<img src=x onerror="document.title=1">'

describe.skipIf(!hasBrowser)('the page of the API', () => {
  let browser: Browser
  let page: Page
  let api: TestApi
  let origin: string
  beforeAll(async () => {
    browser = await launchBrowser()
    api = await startApi({
      profiles: [{ auth_profile: 'GOOD' }, { auth_profile: HOSTILE }],
      check: async ({ auth_profile }) => (auth_profile === 'GOOD' ? WORKS : fails()),
    })
    await api.registry.checkAll()
    await api.listen()
    origin = `http://127.0.0.1:${(api.address() as { port: number }).port}`
  })
  afterAll(async () => {
    await api.close()
    await browser.close()
  })
  beforeEach(async () => (page = await browser.newPage()))
  afterEach(() => page.close())

  test('a link with the key opens the page, shows what works, and takes the key out of the address', async () => {
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    await page.goto(`${origin}/docs/#api_key=${KEY}`)
    await page.getByText('1 of 2 profiles work.').waitFor()
    expect(page.url()).toBe(`${origin}/docs/`)
    await expect
      .poll(() => page.locator('#profiles li').allInnerTexts())
      .toEqual([
        expect.stringMatching(/^GOOD\s+works · namespace ns$/),
        expect.stringContaining('NOT_AUTHENTICATED: it does not'),
      ])
    await page.getByText('Create a profile, if its check succeeds').waitFor()
    expect(problems).toEqual([])
  })

  test('a hostile name is text', async () => {
    await page.goto(`${origin}/docs/#api_key=${KEY}`)
    await page.getByText(HOSTILE).waitFor()
    await expect.poll(() => page.title()).toBe('oci-profiles API')
  })

  test('without a key it asks for one, and says when it is wrong', async () => {
    await page.goto(`${origin}/docs/`)
    await page.getByText('This service wants an API key.').waitFor()
    await page.getByLabel('API key').fill('wrong')
    await page.getByRole('button', { name: 'Use this key' }).click()
    await page.getByText('The service does not accept this key.').waitFor()
    await page.getByLabel('API key').fill(KEY)
    await page.getByRole('button', { name: 'Use this key' }).click()
    await page.getByText('1 of 2 profiles work.').waitFor()
    await expect.poll(() => page.getByLabel('API key').isVisible()).toBe(false)
  })

  test('asks no other host for anything', async () => {
    const hosts = new Set<string>()
    page.on('request', (request) => hosts.add(new URL(request.url()).origin))
    await page.goto(`${origin}/docs/#api_key=${KEY}`)
    await page.getByText('Create a profile, if its check succeeds').waitFor()
    expect([...hosts].filter((host) => !host.startsWith('null'))).toEqual([origin])
  })

  test('and that of error codes, where problems lead to, lead to the console', async () => {
    for (const path of ['/docs/', '/docs/errors#TOKEN_EXPIRED']) {
      await page.goto(`${origin}${path}`)
      await page.getByRole('link', { name: 'Console', exact: true }).click()
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      expect(page.url()).toBe(`${origin}/`)
    }
  })

  test('can be tried out with the key that the page has', async () => {
    await page.goto(`${origin}/docs/#api_key=${KEY}`)
    await page.getByText('List profiles in order of registration').click()
    await page.getByRole('button', { name: 'Try it out' }).click()
    await page.getByRole('button', { name: 'Execute' }).click()
    const status = page.locator('.live-responses-table .response .response-col_status')
    await expect.poll(() => status.first().innerText()).toMatch(/^200/)
  })
})
