/** The console in a browser, watched: what it complains of, and whom it calls. */
import type { Browser, Locator, Page } from 'playwright-core'
import type { Service } from '../../src/lifecycle.ts'

export interface Console {
  page: Page
  /** Errors of scripts, violations of the page's policy, calls to anybody but the service. */
  complaints: string[]
  /** Throws where there are complaints. */
  close(): Promise<void>
}

interface Options {
  width?: number
  theme?: 'light' | 'dark'
  /** Fragment to go to once the key is taken over. */
  at?: string
  /** The page's clock can be set forward. */
  hasClock?: boolean
  timezone?: string
}

/** Answers of the API that are no success are part of the work; the browser reports them by themselves. */
const REFUSED = /^Failed to load resource: the server responded with a status of (?:4|503)/
const GONE =
  /net::ERR_(?:CONNECTION_REFUSED|CONNECTION_RESET|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE)/

/** Opens the printed link of a service. */
export async function openConsole(
  browser: Browser,
  service: Pick<Service, 'url' | 'apiKey'>,
  { width = 1440, theme = 'light', at, hasClock = false, timezone }: Options = {},
): Promise<Console> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: theme,
    permissions: ['clipboard-read', 'clipboard-write'],
    reducedMotion: 'reduce',
    timezoneId: timezone,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  if (hasClock) await page.clock.install()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    const text = message.text()
    if (!['error', 'warning'].includes(message.type())) return
    if (!REFUSED.test(text) && !GONE.test(text)) complaints.push(text)
  })
  const { origin } = new URL(service.url)
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${origin}/`)) complaints.push(`called ${url}`)
  })
  await page.goto(`${service.url}/#api_key=${encodeURIComponent(service.apiKey.reveal())}`)
  if (at !== undefined) await goTo(page, at)
  const close = async () => {
    await context.close()
    if (complaints.length > 0) throw new Error(`the console complained:\n${complaints.join('\n')}`)
  }
  return { page, complaints, close }
}

export async function goTo(page: Page, fragment: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(fragment)}`)
}

/** What has the focus: its id, else its text. */
export function focused(page: Page): Promise<string> {
  return page.evaluate('document.activeElement.id || document.activeElement.textContent')
}

/** What a screen reader says of an element besides its name. */
export async function descriptionOf(element: Locator): Promise<string> {
  const ids = ((await element.getAttribute('aria-describedby')) ?? '').split(' ')
  const texts = ids.map((id) => element.page().locator(`[id="${id}"]`).allInnerTexts())
  return (await Promise.all(texts)).flat().join(' ')
}

/** As names stand in messages, whichever way they run. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`
}

/** In pixels; more than the screen has where something sticks out. */
export function pageWidth(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth')
}

/** The row of a profile in the list. */
export function rowOf(page: Page, name: string) {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
}

/** Names of the profiles that the list shows, in its order; those too, that one has to scroll to. */
export function shownNames(page: Page): Promise<string[]> {
  return page.locator('.row:not([hidden]) .name').allTextContents()
}
