/** Answers that come late, and in another order than they were asked for. */
import type { Page, Route } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { hasBrowser } from './browser.ts'
import { goTo, openConsole, rowOf, shownNames, type Console } from './open-console.ts'
import { useSite } from './site.ts'

/** Answers as they were when they were asked for, to be given later. */
interface Held {
  /** So many are held. */
  count(): number
  /** Lets one through: by default the first. */
  release(index?: number): Promise<void>
}

describe.skipIf(!hasBrowser)('an answer that comes late', () => {
  const site = useSite()
  let service: Service
  let shown: Console
  beforeEach(async () => {
    service = await site.sandbox.start()
    await service.checked
    shown = await openConsole(site.browser, service)
    await rowOf(shown.page, 'DEFAULT').waitFor()
    await shown.page.getByText('Live').waitFor()
  })
  afterEach(async () => {
    await shown.close()
    await service.stop()
  })

  async function hold(page: Page, path: string, method = 'GET'): Promise<Held> {
    const held: (() => Promise<void>)[] = []
    await page.route(`**/v1/${path}`, async (route: Route) => {
      if (route.request().method() !== method) return route.fallback()
      const response = await route.fetch()
      const { promise, resolve } = Promise.withResolvers<void>()
      held.push(async () => {
        await route.fulfill({ response })
        resolve()
      })
      return promise
    })
    return {
      count: () => held.length,
      release: async (index = 0) => {
        await held[index]!()
      },
    }
  }

  /** Lets the page take what has just come. */
  const settle = (page: Page) => page.waitForTimeout(300)

  test('does not override a newer one', async () => {
    const { page } = shown
    const held = await hold(page, 'oci-profiles/DEFAULT')
    await service.registry.update('DEFAULT', { region: 'us-ashburn-1' })
    await expect.poll(held.count).toBe(1)
    await service.registry.update('DEFAULT', { region: 'eu-frankfurt-1' })
    await expect.poll(held.count).toBe(2)
    await held.release(1)
    await held.release(0)
    await settle(page)
    await expect.poll(() => rowOf(page, 'DEFAULT').innerText()).toContain('eu-frankfurt-1')
  })

  test('brings no profile back that was deleted meanwhile', async () => {
    const { page } = shown
    const held = await hold(page, 'oci-profiles/GHOST')
    await service.registry.create(
      { auth_profile: 'GHOST', region: 'eu-frankfurt-1' },
      { keepUnusable: true },
    )
    await expect.poll(held.count).toBe(1)
    service.registry.remove('GHOST')
    await settle(page)
    await held.release()
    await settle(page)
    await expect.poll(() => shownNames(page)).not.toContain('GHOST')
  })

  test('does not hide a check that ended meanwhile', async () => {
    const { page } = shown
    const held = await hold(page, 'oci-profiles/DEFAULT')
    await service.registry.update('DEFAULT', { additional_user_agent: 'late' })
    await expect.poll(held.count).toBe(1)
    site.sandbox.emulator.setFault(null, { kind: 'status', status: 401 })
    await service.registry.check('DEFAULT')
    await rowOf(page, 'DEFAULT').getByText('NOT_AUTHENTICATED').waitFor()
    await held.release()
    await settle(page)
    site.sandbox.emulator.setFault(null, [])
    expect(await rowOf(page, 'DEFAULT').innerText()).toContain('NOT_AUTHENTICATED')
  })

  test('takes no check out of the history', async () => {
    const { page } = shown
    const held = await hold(page, 'checks')
    await service.registry.check('SESSION')
    await expect.poll(held.count).toBe(1)
    for (let count = 0; count < 3; count += 1) await service.registry.check('DEFAULT')
    const bars = rowOf(page, 'DEFAULT').getByRole('img')
    const label = () => bars.getAttribute('aria-label')
    await expect.poll(label).toMatch(/^last 4 checks/)
    await held.release()
    await settle(page)
    expect(await label()).toMatch(/^last 4 checks/)
  })

  test('shows no sensitive value to somebody who has cancelled', async () => {
    const { page } = shown
    await goTo(page, '#/profiles/ENCRYPTED_KEY')
    const held = await hold(page, 'oci-profiles/ENCRYPTED_KEY?include_sensitive=true')
    await page.getByRole('button', { name: 'Show sensitive values' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Show for 30 s' }).click()
    await expect.poll(held.count).toBe(1)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await held.release()
    await settle(page)
    await expect.poll(() => page.getByRole('button', { name: 'Hide now' }).count()).toBe(0)
  })

  test('leads nobody away from where they have gone meanwhile', async () => {
    const { page } = shown
    await goTo(page, '#/profiles/SESSION')
    const held = await hold(page, 'oci-profiles/SESSION', 'DELETE')
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect.poll(held.count).toBe(1)
    await page.keyboard.press('Escape')
    await goTo(page, '#/new')
    await page.locator('#field-user').fill('typed')
    await held.release()
    await settle(page)
    expect(await page.getByRole('dialog').count()).toBe(0)
    await expect.poll(() => page.locator('#field-user').inputValue()).toBe('typed')
  })

  test('shows nothing to whoever signs in with another key', async () => {
    const { page } = shown
    const held = await hold(page, 'oci-profiles')
    await page.reload()
    await expect.poll(held.count).toBe(1)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('textbox', { name: 'API key' }).waitFor()
    await page.route('**/v1/**', (route) => route.fulfill({ status: 503, body: '' }))
    await page.getByRole('textbox', { name: 'API key' }).fill('a-wrong-key')
    await page.keyboard.press('Enter')
    await held.release()
    await settle(page)
    expect(await page.locator('.row').count()).toBe(0)
  })

  test('of the settings does not override a newer one', async () => {
    const { page } = shown
    await goTo(page, '#/settings')
    const row = page.getByRole('listitem').filter({ hasText: 'check_interval_s' })
    await row.getByText('300').first().waitFor()
    const held = await hold(page, 'settings')
    await service.settings.change({ check_interval_s: 220 })
    await expect.poll(held.count).toBe(1)
    await service.settings.change({ check_interval_s: 123 })
    await expect.poll(held.count).toBe(2)
    await held.release(1)
    await held.release(0)
    await settle(page)
    await expect.poll(() => row.innerText()).toContain('123')
    await service.settings.change({ check_interval_s: null })
  })

  test('of a form that was asked for twice takes nothing that was typed since', async () => {
    const { page } = shown
    await page.route('**/v1/events', (route) => route.abort())
    await page.reload()
    await page.getByText('Polling, every 15 s').waitFor()
    const held = await hold(page, 'oci-profiles/SESSION/diagnosis')
    await goTo(page, '#/profiles/SESSION/edit')
    await expect.poll(held.count).toBe(1)
    // When the stream is back, what could not be read is read at once.
    await page.unroute('**/v1/events')
    await page.getByText('Live').waitFor()
    await expect.poll(held.count).toBe(2)
    await held.release(1)
    await page.locator('#field-genai_region').fill('us-chicago-1')
    await held.release(0)
    await settle(page)
    await expect.poll(() => page.locator('#field-genai_region').inputValue()).toBe('us-chicago-1')
    expect(shown.complaints.splice(0).every((text) => text.includes('net::ERR_FAILED'))).toBe(true)
  })

  /** The first answer is that of somebody else. */
  const failOnce = async (page: Page, path: string) => {
    let failures = 1
    await page.route(`**/v1/${path}`, (route) =>
      failures-- > 0 ? route.fulfill({ status: 503, body: '' }) : route.fallback(),
    )
  }

  test('of a profile that failed is asked for again', async () => {
    const { page } = shown
    await failOnce(page, 'oci-profiles/DEFAULT')
    await service.registry.update('DEFAULT', {
      genai_region: 'us-chicago-1',
      region: 'uk-london-1',
    })
    await expect.poll(() => rowOf(page, 'DEFAULT').innerText()).toContain('uk-london-1')
  })

  test('of the settings that failed is asked for again', async () => {
    const { page } = shown
    await failOnce(page, 'settings')
    await goTo(page, '#/settings')
    await page.getByRole('button', { name: 'Change check_interval_s' }).waitFor()
    await expect.poll(() => page.locator('.setting').count()).toBeGreaterThan(4)
  })

  test('of the last checks that failed is asked for again', async () => {
    const { page } = shown
    await failOnce(page, 'oci-profiles/DEFAULT/checks')
    await goTo(page, '#/profiles/DEFAULT')
    const history = page.getByRole('region', { name: 'Last checks' })
    await expect.poll(() => history.getByRole('listitem').count()).toBe(1)
  })

  test('of a diagnosis that failed is asked for again', async () => {
    const { page } = shown
    await failOnce(page, 'oci-profiles/DEFAULT/diagnosis')
    await goTo(page, '#/profiles/DEFAULT')
    await page.getByRole('heading', { name: 'Fields' }).waitFor()
    await page.getByText('eu-frankfurt-1').first().waitFor()
    await expect.poll(() => page.getByText('Reading the fields').count()).toBe(0)
  })
})
