import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { hasBrowser } from './browser.ts'
import {
  focused,
  goTo,
  isolated,
  openConsole,
  pageWidth,
  rowOf,
  shownNames,
  type Console,
} from './open-console.ts'
import { useSite } from './site.ts'

describe.skipIf(!hasBrowser)('the list of profiles', () => {
  const site = useSite('all')
  let service: Service
  let shown: Console
  beforeAll(async () => {
    service = await site.sandbox.start()
    await service.checked
  })
  beforeEach(async () => {
    shown = await openConsole(site.browser, service)
    await rowOf(shown.page, 'DEFAULT').waitFor()
  })
  afterEach(() => shown.close())

  test('has every profile in file order, with type, region, tenancy, namespace, state, time and duration', async () => {
    const { page } = shown
    await expect
      .poll(() => shownNames(page))
      .toEqual(site.sandbox.samples.profiles.map(({ name }) => name))
    const good = await rowOf(page, 'DEFAULT').innerText()
    for (const part of ['api_key', 'works', 'namespace axsampletenancy', 'eu-frankfurt-1']) {
      expect(good).toContain(part)
    }
    expect(good).toMatch(/\d+ (?:s|min) ago|just now/)
    expect(good).toMatch(/\d (?:ms|s)\b/)
    const bad = await rowOf(page, 'NO_KEY_FILE').innerText()
    expect(bad).toMatch(/KEY_FILE_NOT_FOUND\n.*lost\.pem does not exist/)
  })

  test('tells the exact time in the zone of the reader, and names it', async () => {
    const { page, close } = await openConsole(site.browser, service, { timezone: 'Asia/Kolkata' })
    const when = rowOf(page, 'DEFAULT').locator('time')
    const { checked_at } = service.registry.get('DEFAULT')!.check!
    const local = new Date(Date.parse(checked_at!) + 5.5 * 3_600_000).toISOString()
    const [, day = '', clock = ''] = /-(\d\d)T([\d:]{8})/.exec(local) ?? []
    await expect
      .poll(() => when.getAttribute('title'))
      .toMatch(new RegExp(`^${Number(day)} \\w+ \\d{4}.* ${clock} GMT\\+5:30$`))
    await close()
  })

  test('has a bar for each of the last checks, and says them in words', async () => {
    const { page } = shown
    await rowOf(page, 'NO_USER').getByRole('button', { name: 'Check NO_USER again' }).click()
    await page.getByText(`${isolated('NO_USER')} fails: FIELD_MISSING`).waitFor()
    const bars = rowOf(page, 'NO_USER').getByRole('img')
    await expect
      .poll(() => bars.getAttribute('aria-label'))
      .toMatch(/^last 2 checks: 0 worked, 2 failed; /)
  })

  test('counts down to the end of a session', async () => {
    const left = await rowOf(shown.page, 'SESSION').locator('.expiry').innerText()
    expect(left).toMatch(/^2[34] h \d+ min$/)
    await expect
      .poll(() => rowOf(shown.page, 'EXPIRED_SESSION').locator('.expiry').innerText())
      .toBe('expired')
  })

  test('is narrowed down to those that fail, to those that work, and by a text', async () => {
    const { page } = shown
    const { profiles } = site.sandbox.samples
    const failing = profiles.filter(({ useable }) => !useable).map(({ name }) => name)
    await page.getByRole('button', { name: `Failing ${failing.length}` }).click()
    await expect.poll(() => shownNames(page)).toEqual(failing)
    await page.getByRole('button', { name: /^Working/ }).click()
    await expect.poll(() => shownNames(page)).toEqual(['DEFAULT', 'ENCRYPTED_KEY', 'SESSION'])
    await page.getByRole('button', { name: /^All/ }).click()
    await page.getByRole('searchbox', { name: 'Filter profiles' }).fill('pass_phrase api_key')
    await expect.poll(() => shownNames(page)).toEqual(['NO_PASS_PHRASE', 'WRONG_PASS_PHRASE'])
    await page.getByText('2 found').waitFor({ state: 'attached' })
    await page.getByRole('searchbox').fill('no such thing')
    await page.getByText('No profile matches "no such thing".').waitFor()
    await page.getByRole('button', { name: 'Show all' }).click()
    await expect.poll(async () => (await shownNames(page)).length).toBe(profiles.length)
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('')
  })

  test('keeps the letters that are typed while it follows the ones before', async () => {
    const { page } = shown
    // The second text is there after the list has followed the first, and before the page is painted.
    await page.evaluate(`new Promise((resolve) => {
      const field = document.querySelector('input[type=search]')
      const status = document.querySelector('.filter [role=status]')
      const type = (text) => {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, text)
        field.dispatchEvent(new InputEvent('input', { bubbles: true }))
      }
      new MutationObserver((_, observer) => {
        if (!status.textContent.endsWith('found')) return
        observer.disconnect()
        type('token')
        resolve()
      }).observe(status, { childList: true, characterData: true, subtree: true })
      type('tok')
    })`)
    await expect.poll(() => page.url()).toContain('#/?q=token')
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('token')
  })

  test('what it is narrowed down to is in the address, and comes back with it', async () => {
    const { page } = shown
    await page.getByRole('button', { name: /^Failing/ }).click()
    await page.getByRole('searchbox').fill('token')
    await page.getByRole('button', { name: 'Profile' }).click()
    await expect.poll(() => page.url()).toContain('#/?q=token&show=failing&sort=name')
    await page.getByRole('link', { name: 'EXPIRED_SESSION' }).click()
    await page.getByRole('heading', { name: 'EXPIRED_SESSION' }).waitFor()
    await page.goBack()
    await expect.poll(() => shownNames(page)).toEqual(['EXPIRED_SESSION'])
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('token')
  })

  test('sorts by a column, the other way round, and not at all', async () => {
    const { page } = shown
    const names = site.sandbox.samples.profiles.map(({ name }) => name)
    const head = page.getByRole('columnheader', { name: 'Profile' })
    await head.getByRole('button').click()
    const sorted = names.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    await expect.poll(() => shownNames(page)).toEqual(sorted)
    await expect.poll(() => head.getAttribute('aria-sort')).toBe('ascending')
    await head.getByRole('button').click()
    await expect.poll(() => shownNames(page)).toEqual(sorted.toReversed())
    await expect.poll(() => head.getAttribute('aria-sort')).toBe('descending')
    await head.getByRole('button').click()
    await expect.poll(() => shownNames(page)).toEqual(names)
    await page.getByRole('columnheader', { name: 'State' }).getByRole('button').click()
    const states = await page.locator('.row .cell-state').allTextContents()
    const firstGood = states.findIndex((text) => text.startsWith('works'))
    expect(states.slice(firstGood).every((text) => text.startsWith('works'))).toBe(true)
    expect(firstGood).toBe(states.length - 3)
  })

  test('profiles without a session come last, whichever way the sessions are sorted', async () => {
    const { page } = shown
    const head = page.getByRole('columnheader', { name: 'Token' }).getByRole('button')
    await head.click()
    expect((await shownNames(page)).slice(0, 2)).toEqual(['EXPIRED_SESSION', 'SESSION'])
    await head.click()
    expect((await shownNames(page)).slice(0, 2)).toEqual(['SESSION', 'EXPIRED_SESSION'])
  })

  test('the keyboard is enough: filter with "/", then to the profile', async () => {
    const { page } = shown
    await page.keyboard.press('/')
    await page.keyboard.type('wrong_finger')
    await expect.poll(() => shownNames(page)).toEqual(['WRONG_FINGERPRINT'])
    await page.getByRole('link', { name: 'WRONG_FINGERPRINT' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'WRONG_FINGERPRINT' }).waitFor()
    await expect.poll(() => focused(page)).toBe('WRONG_FINGERPRINT')
    await page.keyboard.press('/')
    await page.keyboard.press('Tab')
    await goTo(page, '#/')
    await page.getByRole('searchbox').focus()
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await shownNames(page)).length).toBeGreaterThan(1)
  })

  test('the first stop of the keyboard leads past the head of the page', async () => {
    const { page } = shown
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => focused(page)).toBe('main')
    expect(page.url()).toBe(`${service.url}/`)
  })

  test('shows at once what others do', async () => {
    const { page } = shown
    const name = 'MADE_ELSEWHERE'
    const create = async (body: object) => {
      const response = await fetch(`${service.url}/v1/oci-profiles?keep_unusable=true`, {
        method: 'POST',
        headers: { 'x-api-key': service.apiKey.reveal(), 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      expect(response.status).toBe(201)
    }
    await page.getByText('Live').waitFor()
    await create({ auth_profile: name, region: 'eu-frankfurt-1' })
    await rowOf(page, name).getByText('FIELD_MISSING').waitFor()
    site.sandbox.emulator.setFault('DEFAULT', { kind: 'status', status: 503, times: 1 })
    await service.registry.check('DEFAULT')
    await rowOf(page, 'DEFAULT').getByText('SERVICE_ERROR').waitFor()
    await page.getByText(`${isolated('DEFAULT')} fails: SERVICE_ERROR`).waitFor()
    await service.registry.check('DEFAULT')
    await rowOf(page, 'DEFAULT').getByText('works').waitFor()
    service.registry.remove(name)
    await rowOf(page, name).waitFor({ state: 'detached' })
  })

  test('finds profiles by their state, and says when none is in it', async () => {
    const { page } = shown
    await page.getByRole('searchbox').fill('works')
    await expect.poll(() => shownNames(page)).toEqual(['DEFAULT', 'ENCRYPTED_KEY', 'SESSION'])
    await page.getByRole('searchbox').fill('zzzz')
    await page.getByText('No profile matches "zzzz".').waitFor()
  })

  test('reads the config file again, and says what came of it', async () => {
    const { page } = shown
    await page.getByRole('button', { name: 'Reload config file' }).click()
    const said = await page.getByRole('status').getByText('was read again').innerText()
    expect(said).toBe(`${site.sandbox.samples.configFile} was read again: nothing has changed.`)
  })

  test('chooses a theme, and keeps it', async () => {
    const { page } = shown
    const background = () =>
      page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
    const light = await background()
    await page.getByRole('button', { name: 'Theme: system. Change to light' }).click()
    await expect.poll(() => background()).toBe(light)
    await page.getByRole('button', { name: 'Theme: light. Change to dark' }).click()
    await expect.poll(() => background()).not.toBe(light)
    await page.reload()
    await rowOf(page, 'DEFAULT').waitFor()
    await expect.poll(() => background()).not.toBe(light)
  })

  test.each([320, 768, 940, 1100])(
    'at %i pixels nothing is cut off at the right',
    async (width) => {
      const other = await openConsole(site.browser, service, { width })
      await rowOf(other.page, 'SESSION').waitFor()
      const list = (await other.page.locator('.list').boundingBox())!
      const inside = [
        rowOf(other.page, 'SESSION').getByRole('button'),
        other.page.getByRole('group', { name: 'Which profiles' }),
        other.page.getByRole('button', { name: 'Sign out' }),
      ]
      for (const each of inside) {
        const box = (await each.boundingBox())!
        expect(box.x + box.width).toBeLessThanOrEqual(list.x + list.width)
      }
      expect(await pageWidth(other.page)).toBe(width)
      await other.close()
    },
  )

  test.each([
    { px: 24, width: 1440 },
    { px: 24, width: 1100 },
    { px: 24, width: 390 },
    { px: 32, width: 1440 },
    { px: 32, width: 390 },
  ])('text of $px px runs into nothing at $width pixels', async ({ px, width }) => {
    await shown.close()
    shown = await openConsole(site.browser, service, { width })
    const { page } = shown
    const devTools = await page.context().newCDPSession(page)
    await devTools.send('Page.enable')
    await devTools.send('Page.setFontSizes', { fontSizes: { standard: px, fixed: px } })
    await rowOf(page, 'SESSION').waitFor()
    await expect
      .poll(() => page.evaluate('parseFloat(getComputedStyle(document.documentElement).fontSize)'))
      .toBe(px)
    // What is further to the right than its cell and the gap after it.
    const sticking = await page.evaluate(
      `[...document.querySelectorAll('.row:not([hidden]) > *, .heads > *')].slice(0, 40).flatMap((cell) =>
         [...cell.querySelectorAll(':not(.unseen)')]
           .filter((each) => each.getBoundingClientRect().right > cell.getBoundingClientRect().right + 19)
           .map((each) => cell.className + ': ' + each.textContent))`,
    )
    expect(sticking).toEqual([])
    await expect.poll(() => pageWidth(page)).toBe(width)
  })

  test('on a narrow screen everything is there, and nothing is wider than the screen', async () => {
    await shown.close()
    shown = await openConsole(site.browser, service, { width: 390, theme: 'dark' })
    const { page } = shown
    await rowOf(page, 'WRONG_FINGERPRINT').getByText('FINGERPRINT_MISMATCH').waitFor()
    await expect.poll(() => rowOf(page, 'SESSION').innerText()).toMatch(/eu-frankfurt-1[^]*23 h/)
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('state')
    await expect.poll(async () => (await shownNames(page)).at(-1)).toBe('SESSION')
    await page.getByRole('button', { name: 'Ascending' }).click()
    await expect.poll(async () => (await shownNames(page))[0]).toBe('DEFAULT')
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('took')
    await page.getByRole('button', { name: 'Descending' }).waitFor()
    await expect.poll(() => pageWidth(page)).toBe(390)
  })
})
