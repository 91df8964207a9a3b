/** Where the focus goes when what has it goes away. */
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { hasBrowser } from './browser.ts'
import { focused, goTo, openConsole, rowOf, type Console } from './open-console.ts'
import { useSite } from './site.ts'

describe.skipIf(!hasBrowser)('the focus', () => {
  const site = useSite('all')
  let service: Service
  let shown: Console
  let page: Page
  beforeEach(async () => {
    service = await site.sandbox.start()
    await service.checked
    shown = await openConsole(site.browser, service)
    ;({ page } = shown)
    await rowOf(page, 'DEFAULT').waitFor()
    await page.getByText('Live').waitFor()
  })
  afterEach(async () => {
    await shown.close()
    await service.stop()
  })

  const label = () => page.evaluate('document.activeElement.getAttribute("aria-label")')
  /** By key, as somebody does who sees no pointer. */
  const press = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).focus()
    await page.keyboard.press('Enter')
  }

  test('goes back to the filter from "Show all"', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('no such thing')
    await page.getByText('No profile matches').waitFor()
    await press('Show all')
    await expect.poll(label).toBe('Filter profiles')
  })

  test('goes back to where it was from a message that is dismissed', async () => {
    await press('Check DEFAULT again')
    await press('Dismiss')
    await expect.poll(label).toBe('Check DEFAULT again')
  })

  test('of one message goes to the next', async () => {
    await press('Check DEFAULT again')
    await page.getByText('works.').waitFor()
    await press('Check NO_USER again')
    await page.locator('.notice', { hasText: 'NO_USER' }).waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).first().focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.notice').count()).toBe(1)
    await expect.poll(() => focused(page)).toBe('Dismiss')
  })

  test('of a row goes to the next when the profile is deleted elsewhere', async () => {
    const names = site.sandbox.samples.profiles.map(({ name }) => name)
    const [first = '', second = ''] = names
    await page.getByRole('link', { name: first, exact: true }).focus()
    service.registry.remove(first)
    await rowOf(page, first).waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toBe(second)
    await page.getByRole('link', { name: names.at(-1)!, exact: true }).focus()
    service.registry.remove(names.at(-1)!)
    await expect.poll(() => focused(page)).toBe(names.at(-2))
  })

  test('of "Check again" goes to the next row when the profile leaves the tab', async () => {
    await page.getByRole('button', { name: /^Failing/ }).click()
    site.sandbox.emulator.setFault('SERVICE_DOWN', null)
    const names = site.sandbox.samples.profiles.filter(({ useable }) => !useable)
    const next = names[names.findIndex(({ name }) => name === 'SERVICE_DOWN') + 1]!.name
    await press('Check SERVICE_DOWN again')
    await rowOf(page, 'SERVICE_DOWN').waitFor({ state: 'hidden' })
    await expect.poll(label).toBe(`Check ${next} again`)
  })

  test('of a page goes to the heading when its profile is deleted elsewhere', async () => {
    await goTo(page, '#/profiles/NO_USER')
    await page.getByRole('heading', { name: 'Last checks' }).waitFor()
    await page.getByRole('button', { name: 'Check again' }).focus()
    service.registry.remove('NO_USER')
    await expect.poll(() => focused(page)).toBe('There is no profile NO_USER')
  })

  test('goes back to where it was from "Try now"', async () => {
    await page.getByRole('searchbox').focus()
    const { port } = new URL(service.url)
    await service.stop()
    await page.getByText(/Trying again in [48] s/).waitFor()
    await page.getByRole('button', { name: 'Try now' }).focus()
    const env = { OCI_PROFILES_PORT: port, OCI_PROFILES_API_KEY: service.apiKey.reveal() }
    service = await site.sandbox.start({ env })
    await page.keyboard.press('Enter')
    await page.getByText('Live').waitFor()
    await expect.poll(label).toBe('Filter profiles')
  })

  test('stays with the box for pasting when a key was taken out of it', async () => {
    await goTo(page, '#/new')
    const box = page.getByRole('textbox', { name: 'Paste and fill in' })
    await box.fill('-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----')
    await press('Fill in the form')
    await page.getByText('Filled in from the private key.').waitFor()
    await expect.poll(label).toBe('Paste and fill in')
    await page.locator('#field-key_content').fill('')
  })

  test('is let go by pointing elsewhere', async () => {
    await page.getByRole('searchbox').click()
    await page.getByRole('contentinfo').getByText('oci-profiles').click()
    service.registry.remove('DEFAULT')
    await rowOf(page, 'DEFAULT').waitFor({ state: 'detached' })
    // Longer than the page waits before it looks.
    await page.waitForTimeout(200)
    expect(await page.evaluate('document.activeElement.localName')).toBe('body')
  })
})
