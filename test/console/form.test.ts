import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { hasBrowser } from './browser.ts'
import {
  descriptionOf,
  focused,
  goTo,
  isolated,
  openConsole,
  type Console,
} from './open-console.ts'
import { useSite } from './site.ts'

describe.skipIf(!hasBrowser)('the form', () => {
  const site = useSite('all')
  let service: Service
  let shown: Console
  beforeAll(async () => {
    service = await site.sandbox.start()
    await service.checked
  })
  afterEach(() => shown.close())

  async function open(at: string): Promise<Page> {
    shown = await openConsole(site.browser, service, { at })
    await shown.page.getByRole('combobox', { name: 'authentication' }).waitFor()
    return shown.page
  }

  const field = (page: Page, name: string) =>
    page.locator(`#field-${name}`).filter({ visible: true })
  const outcome = (page: Page) => page.locator('.outcome')
  const section = async (name: string) => {
    const config = await readFile(site.sandbox.samples.configFile, 'utf8')
    return config.slice(config.indexOf(`[${name}]`)).split('\n\n')[0] ?? ''
  }

  test('asks for what the authentication type needs', async () => {
    const page = await open('#/new')
    const card = page.locator('section.form-card').first()
    const asked = async () =>
      (await card.locator('label code, legend').allInnerTexts()).filter(
        (name) => name !== 'auth_profile' && name !== 'authentication',
      )
    await expect
      .poll(() => asked())
      .toEqual([
        'user',
        'tenancy',
        'region',
        'fingerprint',
        'Private key',
        'key_file',
        'pass_phrase',
      ])
    await page.getByLabel('authentication').selectOption('security_token')
    await expect.poll(() => asked()).toContain('security_token_file')
    await expect.poll(() => asked()).not.toContain('user')
    await page.getByLabel('authentication').selectOption('instance_principal')
    await expect.poll(() => asked()).toEqual(['region'])
    await page.getByText('Other fields').click()
    await expect.poll(() => field(page, 'genai_region').isVisible()).toBe(true)
  })

  test('says at the fields what the service finds wrong with them', async () => {
    const page = await open('#/new')
    await field(page, 'auth_profile').fill('a/b')
    await field(page, 'region').fill('Frankfurt')
    await page.getByRole('button', { name: 'Create profile' }).click()
    await expect.poll(() => focused(page)).toBe('field-auth_profile')
    const faults = page.locator('.fault')
    await expect
      .poll(() => faults.allInnerTexts())
      .toEqual([
        expect.stringContaining('a name of 1 to 128 letters'),
        expect.stringContaining('a region such as eu-frankfurt-1'),
      ])
    await expect.poll(() => field(page, 'region').getAttribute('aria-invalid')).toBe('true')
    await expect
      .poll(() => descriptionOf(field(page, 'region')))
      .toContain('a region such as eu-frankfurt-1')
    await field(page, 'region').fill('eu-frankfurt-1')
    await expect.poll(() => faults.count()).toBe(1)
    await field(page, 'auth_profile').fill('default')
    await page.getByRole('button', { name: 'Create profile' }).click()
    await expect
      .poll(() => faults.allInnerTexts())
      .toEqual(['There is a profile "DEFAULT" already.'])
  })

  test('says at the authentication type what is wrong with it, also to screen readers', async () => {
    const page = await open('#/profiles/UNKNOWN_AUTHENTICATION/edit')
    await page.route('**/v1/oci-profiles/UNKNOWN_AUTHENTICATION?dry_run=true', (route) => {
      const headers = { 'content-type': 'application/problem+json' }
      const errors = [{ pointer: '/authentication', message: 'expected another' }]
      const problem = { status: 422, code: 'VALIDATION_FAILED', detail: 'no', errors }
      return route.fulfill({ status: 422, headers, body: JSON.stringify(problem) })
    })
    await page.getByRole('button', { name: 'Test without saving' }).click()
    await expect
      .poll(() => descriptionOf(page.getByLabel('authentication')))
      .toContain('expected another')
  })

  test('is filled in from a section that is pasted, and the profile is created', async () => {
    const page = await open('#/new')
    const text = (await section('DEFAULT')).replace('[DEFAULT]', '[PASTED]')
    await page.getByRole('textbox', { name: 'Paste and fill in' }).fill(`${text}\nfoo=bar\n`)
    await page.getByRole('button', { name: 'Fill in the form' }).click()
    await page.getByText('Filled in from [PASTED].').waitFor()
    await page.getByText('UNKNOWN_KEY').waitFor()
    await expect.poll(() => field(page, 'auth_profile').inputValue()).toBe('PASTED')
    await expect.poll(() => field(page, 'key_file').inputValue()).toMatch(/api\.pem$/)
    await expect
      .poll(() => page.getByRole('region', { name: 'To make it last' }).innerText())
      .toContain('[PASTED]\nuser = ocid1.user.oc1..')
    await page.getByRole('button', { name: 'Create profile' }).click()
    await page.getByText(`${isolated('PASTED')} was created; it works.`).waitFor()
    await page.getByRole('heading', { name: 'PASTED' }).waitFor()
    expect(service.registry.get('PASTED')?.useable).toBe(true)
  })

  test('takes a private key that is pasted, and one of several sections', async () => {
    const page = await open('#/new')
    const box = page.getByRole('textbox', { name: 'Paste and fill in' })
    const pem = await readFile(
      join(dirname(site.sandbox.samples.configFile), 'keys/api.pem'),
      'utf8',
    )
    await box.fill(pem)
    await page.getByRole('button', { name: 'Fill in the form' }).click()
    await page.getByText('Filled in from the private key.').waitFor()
    await expect.poll(() => field(page, 'key_content').inputValue()).toContain('PRIVATE KEY')
    await box.fill(`${await section('NO_USER')}\n\n${await section('SESSION')}\n`)
    await page.getByRole('button', { name: 'Fill in the form' }).click()
    await page.getByRole('button', { name: 'SESSION' }).click()
    await page.getByText('Filled in from [SESSION].').waitFor()
    await expect.poll(() => page.getByLabel('authentication').inputValue()).toBe('security_token')
    await expect.poll(() => field(page, 'security_token_file').inputValue()).toMatch(/token$/)
  })

  test('creates nothing that does not work, unless it is to be kept anyway', async () => {
    const page = await open('#/new')
    await field(page, 'auth_profile').fill('KEPT')
    await field(page, 'key_file').fill('/nowhere/key.pem')
    await page.getByRole('button', { name: 'Create profile' }).click()
    await outcome(page).getByText('Not created: the profile does not work').waitFor()
    await expect.poll(() => outcome(page).innerText()).toMatch(/FIELD_MISSING\s+user is missing/)
    expect(service.registry.get('KEPT')).toBeUndefined()
    await page.getByRole('button', { name: 'Keep it anyway' }).click()
    await page.getByText(`${isolated('KEPT')} was created, although it does not work.`).waitFor()
    await page.getByRole('heading', { name: 'This profile does not work' }).waitFor()
    expect(service.registry.get('KEPT')?.check?.code).toBe('FIELD_MISSING')
  })

  test('says that the old values of a profile that works are still in force', async () => {
    const page = await open('#/profiles/DEFAULT/edit')
    const before = service.registry.get('DEFAULT')
    await field(page, 'region').fill('us-ashburn-1')
    await field(page, 'key_file').fill('/nowhere/key.pem')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await outcome(page).getByText('Not saved: the new values do not work').waitFor()
    await expect
      .poll(() => outcome(page).innerText())
      .toContain('The old values are still in force')
    await expect.poll(() => outcome(page).innerText()).toContain('KEY_FILE_NOT_FOUND')
    expect(service.registry.get('DEFAULT')).toMatchObject({
      region: before?.region,
      key_file: before?.key_file,
      useable: true,
    })
    await expect.poll(() => field(page, 'region').inputValue()).toBe('us-ashburn-1')
  })

  test('says that new values were saved where the old ones did not work either', async () => {
    const page = await open('#/profiles/UNKNOWN_USER/edit')
    await page.getByText('Other fields').click()
    await field(page, 'additional_user_agent').fill('console-test')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await outcome(page).getByText('Saved, and it still does not work').waitFor()
    await expect.poll(() => outcome(page).innerText()).toContain('NOT_AUTHENTICATED')
    expect(service.registry.get('UNKNOWN_USER')?.additional_user_agent).toBe('console-test')
    await expect
      .poll(() => page.getByRole('button', { name: 'Save', exact: true }).isDisabled())
      .toBe(true)
  })

  test('tests values without saving them', async () => {
    const page = await open('#/profiles/ENCRYPTED_KEY/edit')
    const before = service.registry.get('ENCRYPTED_KEY')
    await field(page, 'pass_phrase').fill('wrong')
    await page.getByRole('button', { name: 'Test without saving' }).click()
    await outcome(page).getByText('It does not work with these values').waitFor()
    await expect.poll(() => outcome(page).innerText()).toContain('PASS_PHRASE_WRONG')
    await field(page, 'pass_phrase').fill('')
    await page.getByRole('button', { name: 'Test without saving' }).click()
    await outcome(page).getByText('It works with these values').waitFor()
    await expect.poll(() => outcome(page).innerText()).toContain('Nothing was saved.')
    expect(service.registry.get('ENCRYPTED_KEY')?.pass_phrase).toEqual(before?.pass_phrase)
  })

  test('never shows a sensitive value, keeps what is not touched, and removes what is to go', async () => {
    const page = await open('#/profiles/WRONG_PASS_PHRASE/edit')
    for (const name of ['fingerprint', 'key_file', 'pass_phrase']) {
      await expect.poll(() => field(page, name).inputValue()).toBe('')
      await expect
        .poll(() => field(page, name).getAttribute('placeholder'))
        .toBe('set; leave empty to keep it')
    }
    await page.getByRole('button', { name: 'Remove pass_phrase' }).click()
    await expect.poll(() => field(page, 'pass_phrase').isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await outcome(page).getByRole('link', { name: 'PASS_PHRASE_MISSING' }).waitFor()
    const after = service.registry.get('WRONG_PASS_PHRASE')
    expect(after?.pass_phrase).toBeNull()
    expect(after?.key_file).toMatch(/encrypted\.pem$/)
  })

  test('says when somebody else was first, and loses nothing that was typed', async () => {
    const page = await open('#/profiles/SESSION/edit')
    await service.registry.update('SESSION', { additional_user_agent: 'theirs' })
    await field(page, 'genai_region').fill('us-chicago-1')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await outcome(page).getByText('This profile was changed since it was opened').waitFor()
    await expect
      .poll(() => outcome(page).innerText())
      .toContain('Different now: additional_user_agent.')
    expect(service.registry.get('SESSION')?.genai_region).toBeNull()
    await page.getByRole('button', { name: 'Save mine on top' }).click()
    await page.getByText(`${isolated('SESSION')} was saved; it works.`).waitFor()
    expect(service.registry.get('SESSION')).toMatchObject({
      genai_region: 'us-chicago-1',
      additional_user_agent: 'theirs',
    })
  })

  test('has no password manager or spell checker look at keys', async () => {
    const page = await open('#/new')
    await goTo(page, '#/profiles/ENCRYPTED_KEY/edit')
    await page.getByRole('heading', { name: 'Edit ENCRYPTED_KEY' }).waitFor()
    await expect.poll(() => field(page, 'pass_phrase').getAttribute('type')).toBe('password')
    for (const name of ['fingerprint', 'key_file', 'pass_phrase']) {
      await expect.poll(() => field(page, name).getAttribute('autocomplete')).toBe('off')
      await expect.poll(() => field(page, name).getAttribute('spellcheck')).toBe('false')
    }
  })
})
