import type { Page } from 'playwright-core'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { put } from '../lifecycle/sandbox.ts'
import { hasBrowser } from './browser.ts'
import { descriptionOf, focused, openConsole, type Console } from './open-console.ts'
import { useSite } from './site.ts'

describe.skipIf(!hasBrowser)('settings and health', () => {
  const site = useSite()
  let service: Service
  let shown: Console
  beforeAll(async () => {
    const env = { OCI_PROFILES_CHECK_CONCURRENCY: '7' }
    service = await site.sandbox.start({ env })
    await service.checked
  })
  afterEach(() => shown.close())

  async function open(): Promise<Page> {
    shown = await openConsole(site.browser, service, { at: '#/settings' })
    await setting(shown.page, 'log_level').waitFor()
    return shown.page
  }

  const setting = (page: Page, name: string) =>
    page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name, exact: true, level: 3 }) })

  test('every setting has its value, its source and what it is for', async () => {
    const page = await open()
    const names = await page.getByRole('heading', { level: 3 }).allInnerTexts()
    expect(names.toSorted()).toEqual(Object.keys(service.settings.current.entries()).toSorted())
    const fixed = await setting(page, 'check_concurrency').innerText()
    expect(fixed).toContain('environment: OCI_PROFILES_CHECK_CONCURRENCY')
    expect(fixed).toContain('change it there')
    await expect.poll(() => setting(page, 'check_concurrency').getByRole('button').count()).toBe(0)
    const port = await setting(page, 'port').innerText()
    expect(port).toContain('environment: OCI_PROFILES_PORT')
    expect(await setting(page, 'api_key').innerText()).not.toContain(service.apiKey.reveal())
    const group = page.getByRole('region', { name: 'May change while the service runs' })
    await expect.poll(() => group.getByRole('listitem').count()).toBe(4)
  })

  test('a setting that may change is changed, stored, and goes back to its default', async () => {
    const page = await open()
    const row = setting(page, 'check_interval_s')
    await row.getByRole('button', { name: 'Change check_interval_s' }).click()
    await row.getByRole('textbox').fill('soon')
    await row.getByRole('button', { name: 'Save' }).click()
    await row.getByRole('alert').waitFor()
    await expect.poll(() => row.getByRole('alert').innerText()).toContain('is "soon", expected')
    await expect
      .poll(() => descriptionOf(row.getByRole('textbox')))
      .toMatch(/^Expected: .* is "soon", expected/)
    await row.getByRole('textbox').fill('600')
    await row.getByRole('button', { name: 'Save' }).click()
    await page.getByText('check_interval_s was changed.').waitFor()
    await expect.poll(() => row.innerText()).toMatch(/600\s+database/)
    expect(service.settings.current.get('check_interval_s')).toBe(600)
    await row.getByRole('button', { name: 'Change check_interval_s' }).click()
    await row.getByRole('button', { name: 'Back to the default' }).click()
    await expect.poll(() => row.innerText()).toMatch(/300\s+default/)
  })

  test('one of a few words is chosen, not typed', async () => {
    const page = await open()
    const row = setting(page, 'log_level')
    await row.getByRole('button', { name: 'Change log_level' }).click()
    await row.getByRole('combobox').selectOption('warn')
    await row.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => row.innerText()).toMatch(/warn\s+database/)
    expect(service.settings.current.get('log_level')).toBe('warn')
  })

  test('whoever is done with a setting goes on from its button', async () => {
    const page = await open()
    const change = page.getByRole('button', { name: 'Change default_profile' })
    await change.click()
    const field = setting(page, 'default_profile').getByRole('combobox')
    await expect
      .poll(() => page.locator('#profile-names option').allTextContents())
      .toEqual(site.sandbox.samples.profiles.map(({ name }) => name))
    await field.press('Escape')
    await expect.poll(() => focused(page)).toBe('change-default_profile')
    await change.click()
    await setting(page, 'default_profile').getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => focused(page)).toBe('change-default_profile')
  })

  test('what others change is seen at once, and not overwritten unseen', async () => {
    const page = await open()
    await page.getByText('Live').waitFor()
    const row = setting(page, 'default_profile')
    await put(service, '/v1/settings', { default_profile: 'SESSION' })
    await expect.poll(() => row.innerText()).toMatch(/SESSION\s+database/)
  })

  test('a step that went on without a database has a warning', async () => {
    const env = { OCI_PROFILES_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
    const alone = await site.sandbox.start({ env })
    shown = await openConsole(site.browser, alone, { at: '#/settings' })
    const steps = shown.page.getByRole('region', { name: 'Service', exact: true }).locator('li')
    await expect.poll(() => steps.nth(2).locator('.warning').count()).toBe(1)
    await expect.poll(() => steps.nth(0).locator('.mark.works').count()).toBe(1)
    await alone.stop()
  })

  test('shows the steps of the start and the database', async () => {
    const page = await open()
    const health = page.getByRole('region', { name: 'Service', exact: true })
    const text = await health.innerText()
    for (const step of ['1. environment', '3. CORE database', '5. profiles']) {
      expect(text).toContain(step)
    }
    expect(text).toContain('Ready')
    expect(text).toContain('3 of 3 profiles are useable')
    const database = await page.getByRole('region', { name: 'CORE database' }).innerText()
    expect(database).toContain('sqlite, open')
  })
})
