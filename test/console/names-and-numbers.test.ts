import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { hasBrowser } from './browser.ts'
import {
  isolated,
  openConsole,
  pageWidth,
  rowOf,
  shownNames,
  type Console,
} from './open-console.ts'
import { useSite } from './site.ts'

const HOSTILE = '<img src=x onerror="document.title=1">'
const LONG = `LONG_${'x'.repeat(400)}`
const ODD = ['a/b?c#d%41&e=f', 'مؤسسة العملاء', '‮reversed', '名前 テスト', '.hidden', HOSTILE, LONG]
const MANY = 1_000

describe.skipIf(!hasBrowser)('names of every kind, and many of them', () => {
  const site = useSite()
  let shown: Console
  afterEach(() => shown.close())

  /** A service whose config file has a section like that of DEFAULT for each name; `broken` ones lack the user. */
  async function serve(
    names: readonly string[],
    isBroken: (name: string) => boolean = () => false,
  ): Promise<Service> {
    const samples = await readFile(site.sandbox.samples.configFile, 'utf8')
    const keys = /\[DEFAULT\]\n([^[]*)/.exec(samples)?.[1] ?? ''
    const file = join(site.sandbox.folder, `config-${names.length}`)
    const section = (name: string) =>
      `[${name}]\n${isBroken(name) ? keys.replace(/^user=.*\n/m, '') : keys}`
    await writeFile(file, names.map(section).join('\n'))
    // Nothing is checked again by itself: what is drawn again is what the test has caused.
    const env = { OCI_CLI_CONFIG_FILE: file, OCI_PROFILES_CHECK_INTERVAL_S: '0' }
    return site.sandbox.start({ env })
  }

  test('whatever a name is made of, it is text, and leads to its profile', async () => {
    const service = await serve(ODD)
    await service.checked
    shown = await openConsole(site.browser, service)
    const { page } = shown
    await rowOf(page, HOSTILE).waitFor()
    await expect.poll(() => shownNames(page)).toEqual(ODD)
    for (const name of ODD) {
      await page.getByRole('link', { name, exact: true }).click()
      await page.getByRole('heading', { name, exact: true, level: 1 }).waitFor()
      await page.getByRole('heading', { name: 'This profile works' }).waitFor()
      await expect.poll(() => page.title()).toBe(`${name} · oci-profiles`)
      await page.getByRole('button', { name: 'Check again' }).click()
      await page.getByText(`${isolated(name)} works.`).waitFor()
      await page.getByRole('link', { name: 'Edit' }).click()
      await page.getByRole('heading', { name: `Edit ${name}`, exact: true }).waitFor()
      await page.getByRole('link', { name: 'Cancel' }).click()
      await page.getByRole('link', { name: 'Profiles' }).last().click()
    }
    await expect.poll(() => page.locator('main img').count()).toBe(0)
    await service.stop()
  })

  test('what a browser takes for a step in a path is said, and never asked for', async () => {
    const service = await serve(['.', '..'])
    await service.checked
    shown = await openConsole(site.browser, service)
    const { page } = shown
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.getByRole('link', { name: '..', exact: true }).click()
    await page.getByRole('heading', { name: 'A browser cannot address the profile ..' }).waitFor()
    await page.getByText('Rename the section').waitFor()
    await page.getByRole('link', { name: 'All profiles' }).click()
    await rowOf(page, '.').waitFor()
    await expect.poll(() => rowOf(page, '.').getByRole('button').count()).toBe(0)
    const known = ['/v1/events', '/v1/health/ready', '/v1/oci-profiles', '/v1/checks']
    expect(asked.filter((path) => !known.includes(path))).toEqual([])
    await service.stop()
  })

  test('a name is on the left whichever way it runs, with all its white space', async () => {
    const service = await serve(['مؤسسة', 'two  spaces'])
    shown = await openConsole(site.browser, service)
    const { page } = shown
    await page.locator('.row .name').nth(1).waitFor()
    const styles = () =>
      page.evaluate(
        `[...document.querySelectorAll('.row .name')].map(getComputedStyle)
           .map(({ textAlign, whiteSpace }) => textAlign + ' ' + whiteSpace)`,
      )
    await expect.poll(styles).toEqual(['left pre-wrap', 'left pre-wrap'])
    await service.stop()
  })

  test('a name longer than the screen makes nothing wider', async () => {
    const service = await serve([LONG, '<img src=x>'])
    shown = await openConsole(site.browser, service, { width: 390 })
    const { page } = shown
    await page.getByRole('link', { name: LONG }).waitFor()
    await expect.poll(() => pageWidth(page)).toBe(390)
    await page.getByRole('link', { name: LONG }).click()
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').waitFor()
    await expect.poll(() => pageWidth(page)).toBe(390)
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByRole('button', { name: 'Test without saving' }).waitFor()
    await expect.poll(() => pageWidth(page)).toBe(390)
    await service.stop()
  })

  test('of a thousand profiles only those in sight are drawn, and a change draws one', async () => {
    const names = Array.from({ length: MANY }, (_, index) => `P${String(index).padStart(4, '0')}`)
    const working = names.slice(490, 510)
    const service = await serve(names, (name) => !working.includes(name))
    await service.checked
    shown = await openConsole(site.browser, service)
    const { page } = shown
    // By their classes: to find roles among so many elements takes seconds.
    await page.locator('.tab.failing', { hasText: '980' }).waitFor()
    await page.locator('.connection.live').waitFor()

    const drawn: number = await page.evaluate(
      `[...document.querySelectorAll('.row')].filter((row) =>
         row.firstElementChild.checkVisibility({ contentVisibilityAuto: true })).length`,
    )
    expect(drawn).toBeGreaterThan(5)
    expect(drawn).toBeLessThan(100)

    await page.evaluate(
      `globalThis.touched = new Set()
       new MutationObserver((changes) => {
         for (const { target, addedNodes, type } of changes) {
           const element = target.nodeType === 1 ? target : target.parentElement
           const row = element?.closest('.row')
           // Times go on by themselves.
           if (row && !element.closest('time')) touched.add(row.querySelector('.name').textContent)
         }
       }).observe(document.querySelector('.list'), { subtree: true, childList: true, characterData: true, attributes: true })`,
    )
    site.sandbox.emulator.setFault('DEFAULT', { kind: 'status', status: 503, times: 1 })
    await service.registry.check('P0500')
    await page
      .locator('.notice', { hasText: `${isolated('P0500')} fails: SERVICE_ERROR` })
      .waitFor()
    expect(await page.evaluate('[...touched]')).toEqual(['P0500'])

    await page.locator('.tab.working', { hasText: '19' }).click()
    await expect.poll(() => shownNames(page)).toEqual(working.filter((name) => name !== 'P0500'))
    await page.locator('.tab.all', { hasText: '1,000' }).click()
    await page.locator('input[type=search]').fill('p049 axsample')
    await expect.poll(() => shownNames(page)).toEqual(working.slice(0, 10))
    await page.locator('input[type=search]').fill('')
    await expect.poll(async () => (await shownNames(page)).length).toBe(MANY)
    const last = page.locator('a[href="#/profiles/P0999"]')
    await last.scrollIntoViewIfNeeded()
    await expect.poll(() => last.innerText()).toBe('P0999')
    await service.stop()
  })
})
