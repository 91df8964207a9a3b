import type { Page, Route } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { hasBrowser } from './browser.ts'
import { focused, goTo, isolated, openConsole, rowOf, type Console } from './open-console.ts'
import { useSite } from './site.ts'

const KEY = 'a-key-that-was-set-by-somebody'

describe.skipIf(!hasBrowser)('what was typed into a form', () => {
  const site = useSite()
  let service: Service
  let shown: Console
  beforeEach(() => start())
  afterEach(async () => {
    await shown.close()
    await service.stop()
  })

  async function start(env: Record<string, string> = { OCI_PROFILES_API_KEY: KEY }) {
    service = await site.sandbox.start({ env })
    await service.checked
  }

  /** At the address where the one before was. */
  async function startAgain(key = KEY): Promise<void> {
    const { port } = new URL(service.url)
    await service.stop()
    await start({ OCI_PROFILES_PORT: port, OCI_PROFILES_API_KEY: key })
  }

  const field = (page: Page, name: string) => page.locator(`#field-${name}`)
  const dialog = (page: Page) => page.getByRole('dialog', { name: 'Discard changes?' })

  async function edit(name: string): Promise<Page> {
    shown = await openConsole(site.browser, service, { at: `#/profiles/${name}` })
    await shown.page.getByRole('link', { name: 'Edit' }).click()
    await field(shown.page, 'region').waitFor()
    return shown.page
  }

  /** Keeps changes of SESSION from the service until they are let through. */
  async function holdSaving(page: Page): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    await page.route('**/v1/oci-profiles/SESSION', async (route) => {
      if (route.request().method() === 'PUT') await promise
      await route.continue()
    })
    return resolve
  }

  test('is not lost by a link or by Back without a question', async () => {
    const page = await edit('SESSION')
    await field(page, 'region').fill('us-ashburn-1')
    await page.getByRole('link', { name: 'Settings' }).click()
    await dialog(page).waitFor()
    await expect.poll(() => page.evaluate('location.hash')).toBe('#/profiles/SESSION/edit')
    await dialog(page).getByRole('button', { name: 'Cancel' }).click()
    await dialog(page).waitFor({ state: 'detached' })
    await expect.poll(() => field(page, 'region').inputValue()).toBe('us-ashburn-1')
    // The page knows of the step that it took back before the rest of the browser does.
    await page.waitForTimeout(1_500)
    await page.goBack()
    await dialog(page).getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('heading', { name: 'Last checks' }).waitFor()
    await page.getByRole('link', { name: 'Edit' }).click()
    await expect.poll(() => field(page, 'region').inputValue()).toBe('eu-frankfurt-1')
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
  })

  test('is not come back to by Back after it was discarded by Back', async () => {
    const page = await edit('SESSION')
    await field(page, 'region').fill('us-ashburn-1')
    await page.goBack()
    await dialog(page).getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('heading', { name: 'Last checks' }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: 'Profiles' }).waitFor()
    await page.goForward()
    await page.getByRole('heading', { name: 'Last checks' }).waitFor()
    expect(page.url()).toMatch(/#\/profiles\/SESSION$/)
  })

  test('is not lost with the tab without a question of the browser', async () => {
    const page = await edit('SESSION')
    const asked: string[] = []
    page.on('dialog', (question) => {
      asked.push(question.type())
      void question.accept()
    })
    await page.reload()
    await field(page, 'region').fill('us-ashburn-1')
    await page.reload()
    await expect.poll(() => field(page, 'region').inputValue()).toBe('eu-frankfurt-1')
    expect(asked).toEqual(['beforeunload'])
  })

  test('is dropped for what is in force now, and the page begins at its heading', async () => {
    const page = await edit('SESSION')
    await service.registry.update('SESSION', { additional_user_agent: 'theirs' })
    await field(page, 'genai_region').fill('us-chicago-1')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Drop mine and read again' }).click()
    await expect.poll(() => focused(page)).toBe('Edit SESSION')
    await expect.poll(() => field(page, 'additional_user_agent').inputValue()).toBe('theirs')
    await expect.poll(() => field(page, 'genai_region').inputValue()).toBe('')
  })

  test('is not lost by signing out without a question', async () => {
    const page = await edit('SESSION')
    await field(page, 'region').fill('us-ashburn-1')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await dialog(page).getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => field(page, 'region').inputValue()).toBe('us-ashburn-1')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await dialog(page).getByRole('button', { name: 'Discard' }).click()
    await expect.poll(() => focused(page)).toBe('api-key')
  })

  test('is not lost in the box for pasting, unless the form has it already', async () => {
    shown = await openConsole(site.browser, service, { at: '#/new' })
    const { page } = shown
    const box = page.getByRole('textbox', { name: 'Paste and fill in' })
    await box.fill('[AAA]\nregion=eu-frankfurt-1')
    await page.getByRole('link', { name: 'Settings' }).click()
    await dialog(page).getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => box.inputValue()).toBe('[AAA]\nregion=eu-frankfurt-1')
    await page.getByRole('button', { name: 'Fill in the form' }).click()
    await page.getByText('Filled in from [AAA].').waitFor()
    await field(page, 'auth_profile').fill('')
    await field(page, 'region').fill('')
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
  })

  test('is not lost in a setting without a question', async () => {
    shown = await openConsole(site.browser, service, { at: '#/settings' })
    const { page } = shown
    await page.getByRole('button', { name: 'Change check_interval_s' }).click()
    const interval = page.getByRole('textbox', { name: 'check_interval_s' })
    await interval.fill('600')
    await page.getByRole('link', { name: 'Profiles', exact: true }).click()
    await dialog(page).getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => interval.inputValue()).toBe('600')
    await interval.press('Escape')
    await page.getByRole('link', { name: 'Profiles', exact: true }).click()
    await page.getByRole('heading', { name: 'Profiles' }).waitFor()
  })

  test('is there again after a sign-in that the service asked for', async () => {
    const page = await edit('SESSION')
    await field(page, 'genai_region').fill('us-chicago-1')
    await startAgain('another-key-of-enough-characters')
    await page.getByRole('textbox', { name: 'API key' }).fill('another-key-of-enough-characters')
    await page.keyboard.press('Enter')
    await expect.poll(() => field(page, 'genai_region').inputValue()).toBe('us-chicago-1')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText(`${isolated('SESSION')} was saved; it works.`).waitFor()
  })

  test('is there again in a setting, too, after a sign-in that the service asked for', async () => {
    shown = await openConsole(site.browser, service, { at: '#/settings' })
    const { page } = shown
    await page.getByText('Live').waitFor()
    await page.getByRole('button', { name: 'Change check_interval_s' }).click()
    const interval = page.getByRole('textbox', { name: 'check_interval_s' })
    await interval.fill('600')
    await startAgain('another-key-of-enough-characters')
    await page.getByRole('textbox', { name: 'API key' }).fill('another-key-of-enough-characters')
    await page.keyboard.press('Enter')
    await expect.poll(() => interval.inputValue()).toBe('600')
    await interval.press('Escape')
    await expect.poll(() => interval.count()).toBe(0)
    await page.getByRole('button', { name: 'Change check_interval_s' }).click()
    await expect.poll(() => interval.inputValue()).toBe('300')
  })

  test('comes back from a sign-in without the refusal that asked for it', async () => {
    const page = await edit('SESSION')
    await page.route('**/v1/oci-profiles/SESSION', (route) => {
      const headers = { 'content-type': 'application/problem+json' }
      const problem = { status: 401, code: 'UNAUTHENTICATED', title: 'No', detail: 'No key' }
      return route.request().method() === 'PUT'
        ? route.fulfill({ status: 401, headers, body: JSON.stringify(problem) })
        : route.fallback()
    })
    await field(page, 'genai_region').fill('us-chicago-1')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('textbox', { name: 'API key' }).fill(KEY)
    await page.keyboard.press('Enter')
    await expect.poll(() => field(page, 'genai_region').inputValue()).toBe('us-chicago-1')
    await expect.poll(() => field(page, 'genai_region').isEnabled()).toBe(true)
    await expect.poll(() => page.getByText('No key').count()).toBe(0)
  })

  test('is not lost while it is being tested', async () => {
    const page = await edit('SESSION')
    const release = Promise.withResolvers<void>()
    await page.route('**/v1/oci-profiles/SESSION?dry_run=true', async (route) => {
      await release.promise
      await route.continue()
    })
    await field(page, 'region').fill('us-ashburn-1')
    await page.getByRole('button', { name: 'Test without saving' }).click()
    await page.getByRole('link', { name: 'Settings' }).click()
    await dialog(page).getByRole('button', { name: 'Cancel' }).click()
    release.resolve()
    await expect.poll(() => field(page, 'region').inputValue()).toBe('us-ashburn-1')
  })

  describe('a value that a finding proposes while nobody answers', () => {
    const READS = '**/v1/oci-profiles/TYPO'
    const noAnswer = (route: Route) => route.fulfill({ status: 503, body: '' })

    async function useProposal(): Promise<Page> {
      const body = { auth_profile: 'TYPO', region: 'eu-frankfurt1' }
      await service.registry.create(body, { keepUnusable: true })
      shown = await openConsole(site.browser, service, { at: '#/profiles/TYPO' })
      const { page } = shown
      const button = page.getByRole('button', { name: 'Use this region' })
      await button.waitFor()
      await page.route(READS, noAnswer)
      await button.click()
      await page.getByText('Something answered 503 in its place.').waitFor()
      return page
    }

    test('is in the form when somebody does', async () => {
      const page = await useProposal()
      await page.unroute(READS, noAnswer)
      await expect.poll(() => field(page, 'region').inputValue()).toBe('eu-frankfurt-1')
      await expect.poll(() => focused(page)).toBe('field-region')
    })

    test('is not kept for another edit', async () => {
      const page = await useProposal()
      await page.goBack()
      await page.getByRole('heading', { name: 'Last checks' }).waitFor()
      await page.unroute(READS, noAnswer)
      await page.getByRole('link', { name: 'Edit' }).click()
      await expect.poll(() => field(page, 'region').inputValue()).toBe('eu-frankfurt1')
      await page.waitForTimeout(200)
      expect(await field(page, 'region').inputValue()).toBe('eu-frankfurt1')
    })
  })

  test('stays in sight where it empties the last of the other fields', async () => {
    shown = await openConsole(site.browser, service, { at: '#/new' })
    const { page } = shown
    await page.getByText('Other fields').click()
    await field(page, 'additional_user_agent').pressSequentially('a')
    await page.keyboard.press('Backspace')
    await page.keyboard.type('my-agent')
    await expect.poll(() => field(page, 'additional_user_agent').inputValue()).toBe('my-agent')
    await expect.poll(() => focused(page)).toBe('field-additional_user_agent')
  })

  test('since a text was pasted is not written over by what comes of it', async () => {
    shown = await openConsole(site.browser, service, { at: '#/new' })
    const { page } = shown
    const release = Promise.withResolvers<void>()
    await page.route('**/v1/oci-profiles/parse', async (route) => {
      await release.promise
      await route.continue()
    })
    const box = page.getByRole('textbox', { name: 'Paste and fill in' })
    await box.fill('[AAA]\nuser=pasted\nregion=eu-frankfurt-1')
    await page.getByRole('button', { name: 'Fill in the form' }).click()
    await field(page, 'auth_profile').fill('MINE')
    await field(page, 'region').fill('uk-london-1')
    release.resolve()
    await expect.poll(() => field(page, 'user').inputValue()).toBe('pasted')
    await expect.poll(() => field(page, 'region').inputValue()).toBe('uk-london-1')
    await expect.poll(() => field(page, 'auth_profile').inputValue()).toBe('MINE')
  })

  test('is saved after a restart of the service that changed nothing', async () => {
    const page = await edit('SESSION')
    await page.getByText('Live').waitFor()
    await startAgain()
    await field(page, 'genai_region').fill('us-chicago-1')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText(`${isolated('SESSION')} was saved; it works.`).waitFor()
    expect(service.registry.get('SESSION')?.genai_region).toBe('us-chicago-1')
  })

  test('cannot change while it is being saved, and its end leads nobody away', async () => {
    const page = await edit('SESSION')
    const release = await holdSaving(page)
    await field(page, 'genai_region').fill('us-chicago-1')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(() => field(page, 'region').isDisabled()).toBe(true)
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    release()
    await page.getByText(`${isolated('SESSION')} was saved; it works.`).waitFor()
    expect(page.url()).toContain('#/settings')
  })

  test('is there again where the service refuses what was left while it was being saved', async () => {
    const page = await edit('SESSION')
    const release = await holdSaving(page)
    await field(page, 'region').fill('Frankfurt')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    release()
    await page.locator('.notice', { hasText: isolated('SESSION') }).waitFor()
    const asked: string[] = []
    page.once('dialog', (question) => {
      asked.push(question.type())
      void question.dismiss()
    })
    await page.evaluate('location.reload()')
    await expect.poll(() => asked).toEqual(['beforeunload'])
    await page.goBack()
    await expect.poll(() => field(page, 'region').inputValue()).toBe('Frankfurt')
    await page.locator('.fault', { hasText: 'a region such as' }).waitFor()
    await page.getByRole('link', { name: 'Settings' }).click()
    await dialog(page).getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    await goTo(page, '#/profiles/SESSION/edit')
    await expect.poll(() => field(page, 'region').inputValue()).toBe('eu-frankfurt-1')
  })

  test('is told of where somebody else was first, and somebody has left', async () => {
    const page = await edit('SESSION')
    const release = await holdSaving(page)
    await service.registry.update('SESSION', { additional_user_agent: 'theirs' })
    await field(page, 'genai_region').fill('us-chicago-1')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    release()
    await page.locator('.notice', { hasText: 'was changed since it was opened' }).waitFor()
    await page.goBack()
    await expect.poll(() => field(page, 'genai_region').inputValue()).toBe('us-chicago-1')
    await page.getByRole('button', { name: 'Save mine on top' }).waitFor()
    await page.getByRole('button', { name: 'Drop mine and read again' }).click()
    await expect.poll(() => field(page, 'genai_region').inputValue()).toBe('')
  })

  test('is shown by Back and Forward as it is being saved, not as it was before', async () => {
    const page = await edit('SESSION')
    const release = await holdSaving(page)
    await field(page, 'genai_region').fill('us-chicago-1')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.goBack()
    await page.getByRole('heading', { name: 'Last checks' }).waitFor()
    await page.goForward()
    await expect.poll(() => field(page, 'genai_region').inputValue()).toBe('us-chicago-1')
    await expect.poll(() => field(page, 'genai_region').isDisabled()).toBe(true)
    release()
    await page.getByText(`${isolated('SESSION')} was saved; it works.`).waitFor()
    await page.getByRole('heading', { name: 'Last checks' }).waitFor()
  })

  test('can be created anew where the profile was deleted meanwhile', async () => {
    const page = await edit('ENCRYPTED_KEY')
    await page.getByText('Live').waitFor()
    service.registry.remove('ENCRYPTED_KEY')
    await page.getByRole('heading', { name: 'This profile was deleted meanwhile' }).waitFor()
    await page.getByRole('button', { name: 'Create it with these values' }).click()
    await page.getByText('Not created: the profile does not work').waitFor()
    await expect.poll(() => field(page, 'fingerprint').getAttribute('aria-invalid')).toBe('true')
    await page.getByRole('button', { name: 'Keep it anyway' }).click()
    await page.getByRole('heading', { name: 'This profile does not work' }).waitFor()
    expect(service.registry.get('ENCRYPTED_KEY')?.origin.kind).toBe('api')
  })

  test('comes with the lines that make it last, on the page of the profile as well', async () => {
    const page = await edit('SESSION')
    await field(page, 'genai_region').fill('us-chicago-1')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('heading', { name: 'This profile works' }).waitFor()
    const card = page.getByRole('region', { name: 'To make it last' })
    await expect.poll(() => card.innerText()).toContain('[SESSION]\ngenai_region = us-chicago-1')
    await expect.poll(() => card.innerText()).toContain(site.sandbox.samples.configFile)
    await card.getByRole('button', { name: 'Copy lines' }).click()
    await card.getByText('Copied').waitFor()
    await goTo(page, '#/profiles/DEFAULT')
    await page.getByRole('heading', { name: 'Fields' }).waitFor()
    await expect.poll(() => card.count()).toBe(0)
  })

  test('a verdict that is about other values says so, and keeps nothing that was not checked', async () => {
    shown = await openConsole(site.browser, service, { at: '#/new' })
    const { page } = shown
    await field(page, 'auth_profile').fill('NEW')
    await page.getByRole('button', { name: 'Create profile' }).click()
    await page.getByText('Not created: the profile does not work').waitFor()
    await page.getByRole('button', { name: 'Keep it anyway' }).waitFor()
    await expect.poll(() => field(page, 'user').getAttribute('aria-invalid')).toBe('true')
    await page.getByRole('button', { name: 'Edit user' }).click()
    await expect.poll(() => focused(page)).toBe('field-user')
    await field(page, 'region').fill('us-ashburn-1')
    await page.getByText('Values have changed since.').waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Keep it anyway' }).count()).toBe(0)
  })

  test('an empty form marks all that is needed', async () => {
    shown = await openConsole(site.browser, service, { at: '#/new' })
    const { page } = shown
    await page.getByRole('button', { name: 'Create profile' }).click()
    await expect.poll(() => page.locator('.fault').count()).toBe(6)
    await expect.poll(() => focused(page)).toBe('field-auth_profile')
    await page.getByLabel('authentication').selectOption('instance_principal')
    await expect.poll(() => page.getByText('optional').count()).toBeGreaterThan(0)
  })

  test('one pasted section leaves nothing of another', async () => {
    shown = await openConsole(site.browser, service, { at: '#/new' })
    const { page } = shown
    await field(page, 'tenancy').fill('typed')
    const sections = [
      '[AAA]',
      'user=a',
      'pass_phrase=secret',
      'region=eu-paris-1',
      '[BBB]',
      'user=b',
    ]
    await page.getByRole('textbox', { name: 'Paste and fill in' }).fill(sections.join('\n'))
    await page.getByRole('button', { name: 'Fill in the form' }).click()
    await page.getByRole('button', { name: 'AAA' }).click()
    await expect.poll(() => field(page, 'pass_phrase').inputValue()).toBe('secret')
    await page.getByRole('button', { name: 'BBB' }).click()
    await expect.poll(() => field(page, 'user').inputValue()).toBe('b')
    await expect.poll(() => field(page, 'pass_phrase').inputValue()).toBe('')
    await expect.poll(() => field(page, 'region').inputValue()).toBe('')
    await expect.poll(() => field(page, 'tenancy').inputValue()).toBe('typed')
  })

  test('a pasted secret takes the place of one that was to be removed', async () => {
    const page = await edit('ENCRYPTED_KEY')
    await page.getByRole('button', { name: 'Remove pass_phrase' }).click()
    await page.getByText('Paste and fill in').click()
    const box = page.getByRole('textbox', { name: 'Paste and fill in' })
    await box.fill('[ENCRYPTED_KEY]\npass_phrase=another')
    await page.getByRole('button', { name: 'Fill in the form' }).click()
    await expect.poll(() => field(page, 'pass_phrase').isEnabled()).toBe(true)
    await expect.poll(() => field(page, 'pass_phrase').inputValue()).toBe('another')
  })

  test('the paste box knows a public key, and forgets a private one', async () => {
    shown = await openConsole(site.browser, service, { at: '#/new' })
    const { page } = shown
    const box = page.getByRole('textbox', { name: 'Paste and fill in' })
    const fill = page.getByRole('button', { name: 'Fill in the form' })
    await box.fill('-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----')
    await fill.click()
    await page.getByText('This is the public half of a key').waitFor()
    await box.fill('x'.repeat(1_000_001))
    await fill.click()
    await page.getByText('This is longer than 1 MiB').waitFor()
    const sections = Array.from({ length: 13 }, (_, index) => `[S${index}]\nregion=eu-frankfurt-1`)
    await box.fill(sections.join('\n'))
    await fill.click()
    await page.getByRole('combobox', { name: 'Which one?' }).selectOption('S12')
    await expect.poll(() => field(page, 'auth_profile').inputValue()).toBe('S12')
  })

  test('the list is where it was left, with the focus on the row that was opened', async () => {
    for (let index = 0; index < 60; index++) {
      await service.registry.create(
        { auth_profile: `MORE_${index}`, region: 'eu-frankfurt-1' },
        { keepUnusable: true },
      )
    }
    shown = await openConsole(site.browser, service)
    const { page } = shown
    const far = page.getByRole('link', { name: 'MORE_50' })
    await far.scrollIntoViewIfNeeded()
    const before = await page.evaluate<number>('scrollY')
    expect(before).toBeGreaterThan(500)
    await far.click()
    await page.getByRole('heading', { name: 'MORE_50' }).waitFor()
    await page.goBack()
    await expect.poll(() => focused(page)).toBe('MORE_50')
    await expect.poll(() => page.evaluate('scrollY')).toBeGreaterThan(500)
    await rowOf(page, 'MORE_50').getByRole('link').press('Enter')
    await page.getByRole('heading', { name: 'MORE_50' }).waitFor()
    await page.getByRole('navigation').getByRole('link', { name: 'Profiles', exact: true }).click()
    await expect.poll(() => focused(page)).toBe('MORE_50')
  })
})
