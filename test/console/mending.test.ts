import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSandbox, type Sandbox } from '../lifecycle/sandbox.ts'
import { hasBrowser, launchBrowser } from './browser.ts'
import { openConsole, rowOf, shownNames } from './open-console.ts'

const PASS_PHRASE = /pass_phrase=(.+)/

/** What is broken, and what a person does about it who has nothing but the page. */
const REMEDIES: Record<string, (page: Page) => Promise<unknown>> = {
  WRONG_FINGERPRINT: (page) => page.getByRole('button', { name: 'Use this fingerprint' }).click(),
  PUBLIC_KEY: (page) => page.getByRole('button', { name: 'Use this key_file' }).click(),
  NO_KEY_FILE: async (page) => {
    await page.getByRole('button', { name: 'Edit key_file' }).click()
    const key = join(dirname(sandbox.samples.configFile), 'keys/api.pem')
    await page.getByRole('textbox', { name: 'key_file' }).fill(key)
  },
  WRONG_PASS_PHRASE: async (page) => {
    await page.getByRole('button', { name: 'Edit pass_phrase' }).click()
    await page.getByRole('textbox', { name: 'pass_phrase' }).fill(await passPhrase())
  },
  UNKNOWN_AUTHENTICATION: async (page) => {
    await page.getByRole('button', { name: 'Edit authentication' }).click()
    await page.getByLabel('authentication').selectOption('api_key')
  },
}

let sandbox: Sandbox

async function passPhrase(): Promise<string> {
  return PASS_PHRASE.exec(await readFile(sandbox.samples.configFile, 'utf8'))?.[1] ?? ''
}

describe.skipIf(!hasBrowser)('who has never seen it', () => {
  let browser: Browser
  beforeAll(async () => {
    ;[browser, sandbox] = await Promise.all([launchBrowser(), openSandbox('all')])
  })
  afterAll(() => Promise.all([browser?.close(), sandbox?.close()]))

  test('mends five broken profiles from the page alone', async () => {
    const service = await sandbox.start()
    await service.checked
    const { page, close } = await openConsole(browser, service)
    for (const [name, mend] of Object.entries(REMEDIES)) {
      await page.getByRole('button', { name: /^Failing/ }).click()
      await page.getByRole('link', { name, exact: true }).click()
      await page.getByRole('heading', { name: 'This profile does not work' }).waitFor()
      await mend(page)
      await page.getByRole('button', { name: 'Test without saving' }).click()
      await page.getByText('It works with these values').waitFor()
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByRole('heading', { name: 'This profile works' }).waitFor()
      await page.getByRole('link', { name: 'Profiles' }).last().click()
      await rowOf(page, name).waitFor({ state: 'hidden' })
    }
    await page.getByRole('button', { name: /^Working/ }).click()
    await expect.poll(() => shownNames(page)).toEqual(expect.arrayContaining(Object.keys(REMEDIES)))
    await close()
  })
})
