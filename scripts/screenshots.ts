/**
 * The main screens of the console → docs/screenshots/: wide and narrow, light and dark. Real service, real emulator; the
 * sample profiles lie where those of a user would.
 */
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { startEmulator, writeSampleProfiles } from '../emulator/index.ts'
import { startService, type Service } from '../src/lifecycle.ts'
import { launchBrowser } from '../test/console/browser.ts'
import { buildConsole } from './build-console.ts'

const root = join(import.meta.dirname, '..')
const target = join(root, 'docs/screenshots')
const work = join(root, '.cache/screenshots')
const HOME = '/tmp/demo'
const MAX_BYTES = 150_000

interface Screen {
  name: string
  at: string
  /** Brings the screen into the state that the picture shows. */
  until: (page: Page) => Promise<unknown>
}

const SCREENS: Screen[] = [
  { name: 'list', at: '#/', until: (page) => page.getByText('SESSION').first().waitFor() },
  {
    name: 'profile',
    at: '#/profiles/WRONG_FINGERPRINT',
    until: (page) => page.getByRole('heading', { name: 'Last checks' }).waitFor(),
  },
  {
    name: 'settings',
    at: '#/settings',
    until: (page) => page.getByRole('heading', { name: 'CORE database' }).waitFor(),
  },
  // The last, because leaving what was typed takes an answer.
  {
    name: 'form',
    at: '#/profiles/PUBLIC_KEY/edit',
    until: async (page) => {
      await page.getByRole('textbox', { name: 'region' }).first().fill('us-ashburn-1')
      await page.getByRole('button', { name: 'Test without saving' }).click()
      await page.getByText('It does not work with these values').waitFor()
    },
  },
]

if (existsSync(HOME)) throw new Error(`${HOME} is there already: remove it first`)
rmSync(work, { recursive: true, force: true })
mkdirSync(HOME, { recursive: true, mode: 0o700 })
mkdirSync(work, { recursive: true })
mkdirSync(target, { recursive: true })
useBundledFont()
try {
  await buildConsole(join(root, 'dist/console'))
  await takeAll()
} finally {
  rmSync(HOME, { recursive: true, force: true })
  rmSync(work, { recursive: true, force: true })
}

async function takeAll(): Promise<void> {
  await using emulator = await startEmulator()
  const samples = await writeSampleProfiles(emulator, join(HOME, '.oci'), 'all', {
    principals: true,
  })
  const service = await startService({
    cwd: HOME,
    flags: { config_file: samples.configFile, port: '0' },
    env: {
      HOME,
      OCI_PROFILES_ENDPOINT_URL: emulator.url,
      OCI_PROFILES_DATABASE_URL: `sqlite:${join(HOME, 'core.db')}`,
      ...samples.env,
    },
  })
  await service.checked
  await makeHistory(service)
  const browser = await launchBrowser()
  try {
    for (const width of [1440, 390]) {
      for (const theme of ['light', 'dark'] as const) {
        const context = await browser.newContext({
          viewport: { width, height: 900 },
          colorScheme: theme,
          reducedMotion: 'reduce',
        })
        const page = await context.newPage()
        await page.goto(`${service.url}/#api_key=${service.apiKey.reveal()}`)
        await page.locator('.connection.live').waitFor()
        for (const screen of SCREENS) await take(page, screen, `${screen.name}-${width}-${theme}`)
        await context.close()
      }
    }
  } finally {
    await browser.close()
    await service.stop()
  }
}

/** So that there is something to see in the last checks. */
async function makeHistory({ registry }: Service): Promise<void> {
  for (let round = 0; round < 12; round++) await registry.checkAll()
}

async function take(page: Page, { at, until }: Screen, name: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(at)}`)
  await until(page)
  await page.mouse.move(0, 0)
  await page.evaluate('document.activeElement?.blur(); scrollTo(0, 0); document.fonts.ready')
  const path = join(target, `${name}.png`)
  await page.screenshot({ path })
  const bytes = statSync(path).size
  console.log(`${name}.png ${Math.round(bytes / 1000)} kB`)
  if (bytes > MAX_BYTES) throw new Error(`${name}.png is larger than ${MAX_BYTES} bytes`)
}

/** The font that comes with the browser, so that the pictures do not depend on what a machine has. */
function useBundledFont(): void {
  const fonts = join(root, '.cache/chromium/fonts/fonts')
  const file = join(work, 'fonts.conf')
  const prefer = (family: string, font: string) =>
    `<alias binding="strong"><family>${family}</family><prefer><family>${font}</family></prefer></alias>`
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${fonts}</dir><dir>/usr/share/fonts</dir><cachedir>${join(dirname(file), 'cache')}</cachedir>
${prefer('system-ui', 'Open Sans')}${prefer('sans-serif', 'Open Sans')}</fontconfig>`,
  )
  process.env['FONTCONFIG_FILE'] = file
}
