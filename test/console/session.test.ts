import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { hasBrowser } from './browser.ts'
import { goTo, openConsole, rowOf, type Console } from './open-console.ts'
import { useSite } from './site.ts'

const KEY = 'a-key-that-was-set-by-somebody'

describe.skipIf(!hasBrowser)('the console and its service', () => {
  const site = useSite()
  let service: Service
  let shown: Console
  beforeEach(async () => {
    service = await site.sandbox.start({ env: { OCI_PROFILES_API_KEY: KEY } })
  })
  afterEach(async () => {
    await shown.close()
    await service.stop()
  })

  /** At the address where the one before was. */
  const startAgain = async (env: Record<string, string> = { OCI_PROFILES_API_KEY: KEY }) => {
    const { port } = new URL(service.url)
    service = await site.sandbox.start({ env: { OCI_PROFILES_PORT: port, ...env } })
  }

  test('the printed link signs in, and the key leaves address bar and history', async () => {
    shown = await openConsole(site.browser, service)
    const { page } = shown
    await rowOf(page, 'DEFAULT').waitFor()
    expect(page.url()).toBe(`${service.url}/`)
    await goTo(page, '#/settings')
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: 'Profiles' }).waitFor()
    expect(page.url()).not.toContain(KEY)
    expect(await page.evaluate('document.cookie + Object.values(localStorage).join()')).toBe('')
    await page.reload()
    await rowOf(page, 'DEFAULT').waitFor()
  })

  test('without a key it asks for one, says where it is, and what was wrong with another', async () => {
    shown = await openConsole(site.browser, service)
    const { page } = shown
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await expect.poll(() => page.getByRole('main').innerText()).toContain('OCI_PROFILES_API_KEY')
    await expect
      .poll(() => page.getByRole('main').innerText())
      .toContain(`${service.url}/#api_key=`)
    await page.getByRole('textbox', { name: 'API key' }).fill('wrong')
    await page.keyboard.press('Enter')
    await page.getByText('The service does not accept this key.').waitFor()
    await page.getByRole('textbox', { name: 'API key' }).fill(KEY)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await rowOf(page, 'DEFAULT').waitFor()
    await expect.poll(() => page.getByRole('heading', { name: 'Sign in' }).count()).toBe(0)
  })

  test.each([
    ['nothing', '', 'Type the API key'],
    ['what no header can carry', 'schlüssel-ключ', 'The service does not accept this key.'],
  ])('%s is no key', async (_what, typed, said) => {
    shown = await openConsole(site.browser, { ...service, url: service.url })
    const { page } = shown
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('textbox', { name: 'API key' }).fill(typed)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByRole('alert').innerText()).toContain(said)
    await expect.poll(() => page.getByText('does not answer').count()).toBe(0)
  })

  test('takes the key out of the printed line', async () => {
    shown = await openConsole(site.browser, service)
    const { page } = shown
    await page.getByRole('button', { name: 'Sign out' }).click()
    const line = `Console, with the API key of this run: ${service.url}/#api_key=${KEY}`
    await page.getByRole('textbox', { name: 'API key' }).fill(line)
    await page.keyboard.press('Enter')
    await rowOf(page, 'DEFAULT').waitFor()
    await expect.poll(() => page.getByRole('heading', { name: 'Sign in' }).count()).toBe(0)
  })

  test('without profiles, because all were removed, it says how they come back', async () => {
    await service.checked
    shown = await openConsole(site.browser, service)
    const { page } = shown
    await page.getByText('Live').waitFor()
    for (const { name } of site.sandbox.samples.profiles) service.registry.remove(name)
    await page.getByRole('heading', { name: 'No profiles yet' }).waitFor()
    const main = page.getByRole('main')
    await expect
      .poll(() => main.innerText())
      .toContain(
        `${site.sandbox.samples.configFile} has profiles, and all were removed over the API`,
      )
  })

  test('says when the service is gone, and goes on when it is back', async () => {
    shown = await openConsole(site.browser, service)
    const { page } = shown
    await page.getByText('Live').waitFor()
    await rowOf(page, 'DEFAULT').waitFor()
    await service.stop()
    await page.getByText('The service does not answer.').waitFor()
    await expect.poll(() => page.getByText(/Trying again/).innerText()).toMatch(/in \d+ s\.$|…$/)
    await expect.poll(() => rowOf(page, 'DEFAULT').isVisible()).toBe(true)
    await rowOf(page, 'DEFAULT').getByRole('button').click()
    await page.getByText('The service does not answer.').nth(1).waitFor()
    await startAgain()
    await page.getByText('Live').waitFor()
    await expect.poll(() => page.getByText('The service does not answer. What').count()).toBe(0)
    await service.registry.create({ auth_profile: 'LATER' }, { keepUnusable: true })
    await rowOf(page, 'LATER').waitFor()
  })

  test('asks for the key again when the service has another one', async () => {
    shown = await openConsole(site.browser, service)
    const { page } = shown
    await page.getByText('Live').waitFor()
    await service.stop()
    await startAgain({ OCI_PROFILES_API_KEY: 'another-key-of-enough-characters' })
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await expect
      .poll(() => page.getByRole('alert').innerText())
      .toContain('does not accept this key')
  })

  test('tries at once when asked to', async () => {
    shown = await openConsole(site.browser, service)
    const { page } = shown
    await page.getByText('Live').waitFor()
    await service.stop()
    await page.getByText(/Trying again in [48] s/).waitFor()
    await startAgain()
    await page.getByRole('button', { name: 'Try now' }).click()
    await page.getByText('Live').waitFor()
    await expect.poll(() => rowOf(page, 'DEFAULT').isVisible()).toBe(true)
  })

  test('without the stream of events it reads everything from time to time', async () => {
    shown = await openConsole(site.browser, service)
    const { page } = shown
    await page.route('**/v1/events', (route) => route.abort())
    await page.reload()
    await page.getByText('Polling, every 15 s').waitFor()
    await service.registry.create({ auth_profile: 'POLLED' }, { keepUnusable: true })
    await rowOf(page, 'POLLED').waitFor()
    await page.unroute('**/v1/events')
    await page.getByText('Live').waitFor()
    expect(shown.complaints.splice(0).every((text) => text.includes('net::ERR_FAILED'))).toBe(true)
  })

  test('a page that polls for long listens for its end no more than once', async () => {
    shown = await openConsole(site.browser, service)
    const { page } = shown
    await page.addInitScript(`
      globalThis.listeners = 0
      const { addEventListener } = EventTarget.prototype
      EventTarget.prototype.addEventListener = function (...all) {
        if (this instanceof AbortSignal) listeners += 1
        return addEventListener.apply(this, all)
      }
    `)
    let attempts = 0
    await page.route('**/v1/events', (route) => {
      attempts += 1
      return route.abort()
    })
    await page.reload()
    await expect.poll(() => attempts).toBeGreaterThan(3)
    expect(await page.evaluate('listeners')).toBeLessThan(2)
    expect(shown.complaints.splice(0).every((text) => text.includes('net::ERR_FAILED'))).toBe(true)
  })

  test('without profiles it says what to do, and shows them when they come', async () => {
    await service.stop()
    const missing = `${site.sandbox.folder}/no-config`
    service = await site.sandbox.start({ env: { OCI_CLI_CONFIG_FILE: missing } })
    shown = await openConsole(site.browser, service)
    const { page } = shown
    await page.getByRole('heading', { name: 'No profiles yet' }).waitFor()
    const main = page.getByRole('main')
    await expect.poll(() => main.innerText()).toContain(`The config file ${missing} is not there.`)
    await expect.poll(() => main.innerText()).toContain('oci session authenticate')
    await service.registry.create({ auth_profile: 'FIRST' }, { keepUnusable: true })
    await rowOf(page, 'FIRST').waitFor()
  })

  test('a config file that is gone is told with how many profiles it holds up', async () => {
    await service.stop()
    const file = join(site.sandbox.folder, 'one-profile')
    const samples = await readFile(site.sandbox.samples.configFile, 'utf8')
    const [section = ''] = /\[DEFAULT\]\n[^[]*/.exec(samples) ?? []
    await writeFile(file, section)
    service = await site.sandbox.start({ env: { OCI_CLI_CONFIG_FILE: file } })
    await service.checked
    shown = await openConsole(site.browser, service)
    const { page } = shown
    await page.getByText('Live').waitFor()
    await rm(file)
    await expect
      .poll(() => page.locator('.notice').allInnerTexts())
      .toEqual([expect.stringMatching(/ in the config file, .*\. 1 profile kept as before\.\s/)])
  })

  test('works behind a path prefix', async () => {
    await service.stop()
    service = await site.sandbox.start({ env: { OCI_PROFILES_URL_PREFIX: '/cloud/oci' } })
    shown = await openConsole(site.browser, service, { at: '#/profiles/DEFAULT' })
    const { page } = shown
    await page.getByRole('heading', { name: 'This profile works' }).waitFor()
    expect(page.url()).toBe(`${service.url}/#/profiles/DEFAULT`)
    await page.goto(service.url)
    await rowOf(page, 'DEFAULT').waitFor()
    expect(page.url()).toBe(`${service.url}/`)
    const api = page.getByRole('contentinfo').getByRole('link', { name: 'API' })
    await expect.poll(() => api.getAttribute('href')).toBe('docs/')
  })
})
