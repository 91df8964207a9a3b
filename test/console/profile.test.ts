import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { hasBrowser } from './browser.ts'
import { focused, goTo, isolated, openConsole, type Console } from './open-console.ts'
import { useSite } from './site.ts'

describe.skipIf(!hasBrowser)('the page of a profile', () => {
  const site = useSite('all')
  let service: Service
  let shown: Console
  beforeAll(async () => {
    service = await site.sandbox.start()
    await service.checked
  })
  afterEach(() => shown.close())

  async function open(name: string, options: { hasClock?: boolean } = {}): Promise<Page> {
    shown = await openConsole(site.browser, service, { at: `#/profiles/${name}`, ...options })
    await shown.page.getByRole('heading', { name, exact: true }).waitFor()
    await shown.page.getByRole('heading', { name: 'Fields' }).waitFor()
    return shown.page
  }

  const clipboard = (page: Page) => page.evaluate<string>('navigator.clipboard.readText()')

  test('says that a profile works, and with which namespace', async () => {
    const page = await open('DEFAULT')
    const verdict = page.getByRole('region', { name: 'State' })
    await expect
      .poll(() => verdict.innerText())
      .toMatch(
        /^This profile works\s+OCI answered with namespace axsampletenancy\. Checked .+, took .+s\.$/,
      )
    await expect.poll(() => page.title()).toBe('DEFAULT · oci-profiles')
  })

  test('says why a profile does not work, where that stands, and gives the remedy to copy', async () => {
    const page = await open('EXPIRED_SESSION')
    const verdict = page.getByRole('region', { name: 'State' })
    const text = await verdict.innerText()
    expect(text).toMatch(/^This profile does not work\s/)
    expect(text).toMatch(/security_token_file, line \d+\s+.*expired at 20/)
    await verdict.getByRole('button', { name: 'Copy command' }).first().click()
    await verdict.getByText('Copied').waitFor()
    expect(await clipboard(page)).toMatch(
      /^oci session authenticate --profile-name EXPIRED_SESSION --region eu-frankfurt-1\b/,
    )
    const code = verdict.getByRole('link', { name: 'TOKEN_EXPIRED' })
    await expect.poll(() => code.getAttribute('href')).toBe('docs/errors#TOKEN_EXPIRED')
  })

  test('takes a proposed value into the form, where saving it mends the profile', async () => {
    const page = await open('WRONG_FINGERPRINT')
    await page.getByRole('button', { name: 'Use this fingerprint' }).click()
    const field = page.getByRole('textbox', { name: 'fingerprint' })
    await expect.poll(() => field.inputValue()).toMatch(/^(?:[\da-f]{2}:){15}[\da-f]{2}$/)
    await expect.poll(() => focused(page)).toBe('field-fingerprint')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText(`${isolated('WRONG_FINGERPRINT')} was saved; it works.`).waitFor()
    await page.getByRole('heading', { name: 'This profile works' }).waitFor()
    const lines = page.getByRole('region', { name: 'To make it last' })
    await expect
      .poll(() => lines.innerText())
      .toMatch(/\[WRONG_FINGERPRINT\]\nfingerprint = (?:[\da-f]{2}:){15}[\da-f]{2}\n/)
    const row = page.locator('.field-row', { hasText: 'fingerprint' })
    await expect.poll(() => row.innerText()).toContain('changed over the API')
  })

  test('tells each value with its line, and masks those that are sensitive', async () => {
    const page = await open('ENCRYPTED_KEY')
    const config = (await readFile(site.sandbox.samples.configFile, 'utf8')).split('\n')
    const header = config.indexOf('[ENCRYPTED_KEY]')
    const line = (key: string) =>
      config.findIndex((text, index) => index > header && text.startsWith(`${key}=`)) + 1
    const fields = page.getByRole('region', { name: 'Fields' })
    await expect.poll(() => fields.innerText()).toContain(site.sandbox.samples.configFile)
    const regionRow = await fields.locator('.field-row', { hasText: 'region' }).first().innerText()
    expect(regionRow).toBe(`region\neu-frankfurt-1\nline ${line('region')}`)
    const keyRow = await fields.locator('.field-row', { hasText: 'pass_phrase' }).innerText()
    expect(keyRow).toContain('set, not shown')
    expect(keyRow).toContain(`line ${line('pass_phrase')}`)
    await expect.poll(() => fields.innerText()).toMatch(/not set\nkey_content, /)
  })

  test('shows sensitive values when asked twice, on record, and for half a minute', async () => {
    const page = await open('ENCRYPTED_KEY', { hasClock: true })
    const reads = () =>
      site.sandbox.logged.filter(({ message }) => message === 'sensitive fields were read').length
    const before = reads()
    const phrase = /pass_phrase=(.+)/.exec(
      await readFile(site.sandbox.samples.configFile, 'utf8'),
    )?.[1]
    await page.getByRole('button', { name: 'Show sensitive values' }).click()
    const dialog = page.getByRole('dialog', { name: 'Show sensitive values?' })
    await expect.poll(() => dialog.innerText()).toContain('audit log')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toBe('Show sensitive values')
    expect(reads()).toBe(before)

    await page.getByRole('button', { name: 'Show sensitive values' }).click()
    await dialog.getByRole('button', { name: 'Show for 30 s' }).click()
    await page.getByText(phrase ?? 'no pass phrase', { exact: true }).waitFor()
    await page.getByText(/^Hidden in (?:30|2\d) s/).waitFor()
    await expect.poll(() => focused(page)).toBe('Hide now')
    await page.getByRole('button', { name: 'Hide now' }).click()
    await expect.poll(() => focused(page)).toBe('Show sensitive values')
    await page.getByRole('button', { name: 'Show sensitive values' }).click()
    await dialog.getByRole('button', { name: 'Show for 30 s' }).click()
    await page.getByText(/^Hidden in (?:30|2\d) s/).waitFor()
    expect(reads()).toBe(before + 2)
    await page.clock.fastForward(31_000)
    await page.getByText(phrase ?? '', { exact: true }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Show sensitive values' }).waitFor()
  })

  test('hides sensitive values when the profile changes or is left, and not when it is checked', async () => {
    const page = await open('ENCRYPTED_KEY')
    await page.getByText('Live').waitFor()
    const hide = page.getByRole('button', { name: 'Hide now' })
    const show = async () => {
      await page.getByRole('button', { name: 'Show sensitive values' }).click()
      await page.getByRole('button', { name: 'Show for 30 s' }).click()
      await hide.waitFor()
    }
    await show()
    await service.registry.check('ENCRYPTED_KEY')
    await page.getByRole('region', { name: 'Last checks' }).getByRole('listitem').nth(1).waitFor()
    expect(await hide.count()).toBe(1)
    const { pass_phrase } = service.registry.get('ENCRYPTED_KEY')!
    await service.registry.update('ENCRYPTED_KEY', { pass_phrase })
    await hide.waitFor({ state: 'detached' })
    await show()
    await goTo(page, '#/profiles/DEFAULT')
    await page.getByRole('heading', { name: 'DEFAULT' }).waitFor()
    expect(await hide.count()).toBe(0)
    await goTo(page, '#/profiles/ENCRYPTED_KEY')
    await page.getByRole('button', { name: 'Show sensitive values' }).waitFor()
    expect(await hide.count()).toBe(0)
  })

  test('checks again, and keeps the last checks with their time', async () => {
    const page = await open('SERVICE_DOWN')
    site.sandbox.emulator.setFault('SERVICE_DOWN', null)
    await page.getByRole('button', { name: 'Check again' }).click()
    await page.getByRole('heading', { name: 'This profile works' }).waitFor()
    await page.getByText(`${isolated('SERVICE_DOWN')} works.`).waitFor()
    const history = page.getByRole('region', { name: 'Last checks' }).getByRole('listitem')
    await expect.poll(() => history.count()).toBe(2)
    await expect.poll(() => history.first().innerText()).toMatch(/^works\n\d\d:\d\d:\d\d · .+s$/)
    await expect.poll(() => history.last().innerText()).toMatch(/^SERVICE_ERROR\n/)
  })

  test('counts failures that are the same, and says the time of the newest in words', async () => {
    for (let index = 0; index < 3; index++) await service.registry.check('EXPIRED_SESSION')
    shown = await openConsole(site.browser, service, {
      at: '#/profiles/EXPIRED_SESSION',
      timezone: 'Asia/Kolkata',
    })
    const { page } = shown
    const history = page.getByRole('region', { name: 'Last checks' }).getByRole('listitem')
    await expect.poll(() => history.allInnerTexts()).toHaveLength(1)
    const [text = ''] = await history.allInnerTexts()
    expect(text).toMatch(/^TOKEN_EXPIRED × [4-9]\n/)
    expect(text).toMatch(/expired at \d{4}-\d\d-\d\d [\d:]{8} GMT\+5:30/)
    const time = history.locator('.detail time')
    await expect.poll(() => time.getAttribute('title')).toMatch(/^\d{4}-.*T.*Z$/)
  })

  test('a second click on a button that deletes asks for nothing more', async () => {
    const page = await open('NO_USER')
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'DELETE') asked.push(request.url())
    })
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).dblclick()
    await page.getByText(`${isolated('NO_USER')} was deleted.`).waitFor()
    expect(asked).toHaveLength(1)
  })

  test('tells how other tools read the section', async () => {
    const page = await open('SESSION')
    const tools = page.getByRole('region', { name: 'How other tools read it' })
    await expect.poll(() => tools.innerText()).toMatch(/Go SDK\n.*\n?TypeScript SDK/)
  })

  test('a session that ends while one looks shows it', async () => {
    const { emulator, samples } = site.sandbox
    const folder = join(dirname(samples.configFile), 'sessions/SESSION')
    const page = await open('SESSION')
    await expect
      .poll(() => page.getByText('Token expires').locator('+ dd').innerText())
      .toMatch(/^2\d h/)
    const publicKey = await readFile(join(folder, 'oci_api_key_public.pem'), 'utf8')
    const { tenancy, user } = service.registry.get('DEFAULT')!
    const owner = { name: 'SESSION', tenancy: tenancy!, user: user!, publicKey }
    const identity = emulator.addIdentity({ ...owner, namespace: 'axsampletenancy' })
    const token = emulator.mintSessionToken({ identity, publicKey, expiresInS: 3 })
    await writeFile(join(folder, 'token'), token)
    await page.getByRole('button', { name: 'Check again' }).click()
    await expect
      .poll(() => page.getByText('Token expires').locator('+ dd').innerText(), { timeout: 15_000 })
      .toBe('expired')
    await page.getByRole('link', { name: 'TOKEN_EXPIRED' }).waitFor()
    await page.getByRole('heading', { name: 'This profile does not work' }).waitFor()
  })

  test('deletes after a question that says whether the profile returns', async () => {
    const page = await open('TOO_FAST')
    const { file, line } = service.registry.get('TOO_FAST')!.origin
    await page.getByRole('button', { name: 'Delete' }).click()
    const dialog = page.getByRole('dialog', { name: `Delete ${isolated('TOO_FAST')}?` })
    await expect.poll(() => dialog.innerText()).toContain('returns at the next start')
    await expect.poll(() => dialog.innerText()).toContain(`${file}:${line}`)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(service.registry.get('TOO_FAST')).toBeDefined()
    await page.getByRole('button', { name: 'Delete' }).click()
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await page.getByText(`${isolated('TOO_FAST')} was deleted.`).waitFor()
    await page.getByRole('heading', { name: 'Profiles' }).waitFor()
    expect(service.registry.get('TOO_FAST')).toBeUndefined()
  })

  test('a profile that is gone, and an address that leads nowhere, say so', async () => {
    const page = await open('DEFAULT')
    await goTo(page, '#/profiles/NOBODY')
    await page.getByRole('heading', { name: 'There is no profile NOBODY' }).waitFor()
    await goTo(page, '#/profiles/%')
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    await page.getByRole('main').getByRole('link', { name: 'All profiles' }).click()
    await page.getByRole('heading', { name: 'Profiles' }).waitFor()
    expect(page.url()).toBe(`${service.url}/#/`)
  })
})
