/** What every file of these tests needs once: a browser, and a service's folder in front of the emulator. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { openSandbox, type Sandbox } from '../lifecycle/sandbox.ts'
import { launchBrowser } from './browser.ts'

/** Filled in before the first test. */
export interface Site {
  browser: Browser
  sandbox: Sandbox
}

/** To be called where tests are described; other hooks of the file come after its own. */
export function useSite(...samples: Parameters<typeof openSandbox>): Site {
  const site = {} as Partial<Site>
  beforeAll(async () => {
    ;[site.browser, site.sandbox] = await Promise.all([launchBrowser(), openSandbox(...samples)])
  })
  afterAll(() => Promise.all([site.browser?.close(), site.sandbox?.close()]))
  return site as Site
}
