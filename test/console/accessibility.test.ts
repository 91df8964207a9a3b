import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { hasBrowser } from './browser.ts'
import { goTo, openConsole, pageWidth, type Console } from './open-console.ts'
import { useSite } from './site.ts'

interface Screen {
  what: string
  at: string
  /** Brings the screen into the state that is to be looked at. */
  until: (page: Page) => Promise<unknown>
  /** Something was typed that leaving it would lose. */
  isDirty?: true
}

const heading = (name: string) => (page: Page) =>
  page.getByRole('heading', { name }).first().waitFor()

const SCREENS: Screen[] = [
  { what: 'the list', at: '#/?sort=state', until: (page) => page.getByText('Live').waitFor() },
  {
    what: 'a list that shows nothing',
    at: '#/?q=nothing+is+like+this',
    until: (page) => page.getByText('No profile matches "nothing is like this".').waitFor(),
  },
  { what: 'a profile that works', at: '#/profiles/SESSION', until: heading('How other tools') },
  { what: 'a profile that fails', at: '#/profiles/NO_USER', until: heading('Last checks') },
  {
    what: 'the question before deleting',
    at: '#/profiles/PUBLIC_KEY',
    until: async (page) => {
      await page.getByRole('button', { name: 'Delete' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    what: 'sensitive values',
    at: '#/profiles/ENCRYPTED_KEY',
    until: async (page) => {
      await page.getByRole('button', { name: 'Show sensitive values' }).click()
      await page.getByRole('button', { name: 'Show for 30 s' }).click()
      await page.getByText(/Hidden in/).waitFor()
    },
  },
  {
    what: 'a form with faults',
    at: '#/new',
    until: async (page) => {
      await page.getByLabel('region', { exact: true }).fill('NOWHERE')
      await page.getByRole('button', { name: 'Create profile' }).click()
      await page.getByText(/a region such as/).waitFor()
    },
    isDirty: true,
  },
  {
    what: 'a form whose check failed',
    at: '#/profiles/NO_KEY_FILE/edit',
    until: async (page) => {
      await page.getByText('Other fields').click()
      await page.getByLabel('region', { exact: true }).fill('us-ashburn-1')
      await page.getByRole('button', { name: 'Test without saving' }).click()
      await page.getByText('It does not work with these values').waitFor()
    },
    isDirty: true,
  },
  {
    what: 'settings',
    at: '#/settings',
    until: async (page) => {
      await page.getByRole('button', { name: 'Change check_interval_s' }).click()
      await page.getByText('CORE database', { exact: true }).waitFor()
    },
  },
  {
    what: 'an address that leads nowhere',
    at: '#/nowhere',
    until: heading('There is nothing here'),
  },
  {
    what: 'the sign-in',
    at: '#/',
    until: async (page) => {
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('textbox', { name: 'API key' }).fill('wrong')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').waitFor()
    },
  },
]

const LOOKS = [
  { theme: 'light', width: 1440 },
  { theme: 'dark', width: 390 },
] as const

describe.skipIf(!hasBrowser)('everybody can use the console', () => {
  const site = useSite('all')
  let service: Service
  beforeAll(async () => {
    service = await site.sandbox.start()
    await service.checked
  })

  describe.each(LOOKS)('$theme, $width pixels', ({ theme, width }) => {
    let shown: Console
    beforeAll(async () => {
      shown = await openConsole(site.browser, service, { theme, width })
      await shown.page.getByRole('heading', { name: 'Profiles' }).waitFor()
      await shown.page.evaluate(axe.source)
    })
    afterAll(() => shown.close())

    test.each(SCREENS)('$what', async ({ at, until, isDirty }) => {
      const { page } = shown
      await page.emulateMedia({ colorScheme: theme })
      await goTo(page, at)
      await until(page)
      await expect.poll(() => pageWidth(page)).toBe(width)
      expect(await violations(page)).toEqual([])
      expect(await missingShapes(page)).toEqual([])
      // The other theme of the same screen: nothing but colours is different.
      await page.emulateMedia({ colorScheme: theme === 'light' ? 'dark' : 'light' })
      expect(await violations(page, ['color-contrast', 'link-in-text-block'])).toEqual([])
      await page.keyboard.press('Escape')
      if (isDirty) await discard(page)
    })
  })

  test('the service being gone, in both themes', async () => {
    const alone = await site.sandbox.start()
    const shown = await openConsole(site.browser, alone)
    await shown.page.getByText('Live').waitFor()
    await shown.page.evaluate(axe.source)
    await alone.stop()
    await shown.page.getByText('The service does not answer.').waitFor()
    expect(await violations(shown.page)).toEqual([])
    await shown.page.emulateMedia({ colorScheme: 'dark' })
    expect(await violations(shown.page)).toEqual([])
    await shown.close()
  })
})

/** Leaves a form, past the question whether its changes may be lost. */
async function discard(page: Page): Promise<void> {
  await goTo(page, '#/')
  await page.getByRole('dialog', { name: 'Discard changes?' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Discard' }).click()
  await page.getByRole('heading', { name: 'Profiles' }).waitFor()
}

/** What axe finds, short enough to be read. */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
  const options = rules ? { runOnly: rules } : {}
  return page.evaluate(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations.flatMap(
       ({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target.join(' ') + ' ' + failureSummary)))`,
  )
}

/** What the page draws without having its shape. */
function missingShapes(page: Page): Promise<string[]> {
  return page.evaluate(
    `[...document.querySelectorAll('use')].map((use) => use.getAttribute('href'))
       .filter((shape) => !document.querySelector(shape))`,
  )
}
