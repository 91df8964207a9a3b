/** Chromium from npm. It unpacks itself into a folder of this project and brings the libraries that a bare machine lacks. */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium as driver, type Browser } from 'playwright-core'

/** The only build that comes by npm. */
export const hasBrowser = process.platform === 'linux' && process.arch === 'x64'

const cache = join(import.meta.dirname, '../../.cache/chromium')
const SYSTEM_NSS = [
  '/usr/lib/x86_64-linux-gnu/libnss3.so',
  '/usr/lib/aarch64-linux-gnu/libnss3.so',
  '/usr/lib64/libnss3.so',
]
const ARGS = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export async function launchBrowser(): Promise<Browser> {
  return driver.launch({ executablePath: await browserPath(), args: ARGS, headless: true })
}

/** Where the browser is, once it has been unpacked. */
export async function browserPath(): Promise<string> {
  mkdirSync(cache, { recursive: true })
  const { TMPDIR: before } = process.env
  // Both are read by the package: while it is imported, and when it unpacks.
  process.env['TMPDIR'] = cache
  if (!SYSTEM_NSS.some((path) => existsSync(path))) {
    process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs24.x'
  }
  const { default: chromium } = await import('@sparticuz/chromium')
  const path = await chromium.executablePath()
  if (before === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = before
  return path
}
