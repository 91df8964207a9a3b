import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../settings/temp-folder.ts'
import { start, type Child } from './child.ts'
import { describeBoth } from './places.ts'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')
const KEY = 'key-of-two-services-on-one-database'

interface Process extends Child {
  url: string
  put(values: object): Promise<Response>
  read(): Promise<Record<string, { value: unknown }>>
}

async function serve(databaseUrl: string): Promise<Process> {
  const folder = await tempFolder()
  const env = {
    ...{ PATH: process.env['PATH'], NODE_OPTIONS: process.env['NODE_OPTIONS'], HOME: folder },
    OCI_PROFILES_DATABASE_URL: databaseUrl,
    OCI_PROFILES_API_KEY: KEY,
  }
  const child = start(process.execPath, [MAIN, 'serve', '--port', '0'], { env, cwd: folder })
  const [, url = ''] = /listening on (\S+)/.exec(await child.printed(1)) ?? []
  const path = `${url}/v1/settings`
  const headers = { 'x-api-key': KEY, 'content-type': 'application/json' }
  return {
    ...child,
    url,
    put: (values) => fetch(path, { method: 'PUT', headers, body: JSON.stringify(values) }),
    read: async () => (await (await fetch(path, { headers })).json()) as any,
  }
}

describeBoth(({ make }) => {
  test(
    'a service that is killed in the middle of changes loses nothing',
    { timeout: 120_000 },
    async () => {
      const { url } = await make()
      const survivor = await serve(url)
      for (let round = 0; round < 2; round++) {
        const victim = await serve(url)
        let acknowledged = 0
        const changing = (async () => {
          for (let value = 1; ; value++) {
            const answer = await victim.put({ check_concurrency: value, check_interval_s: value })
            if (answer.status === 200) acknowledged = value
          }
        })().catch(() => {})
        await expect.poll(() => acknowledged, { timeout: 20_000, interval: 1 }).toBeGreaterThan(5)
        victim.kill()
        await changing
        await victim.ended
        const possible = [acknowledged, acknowledged + 1]
        await expect
          .poll(async () => (await survivor.read())['check_concurrency']?.value, {
            timeout: 20_000,
          })
          .toBeOneOf(possible)
        const later = await serve(url)
        const { check_concurrency, check_interval_s } = await later.read()
        expect(check_concurrency?.value).toBeOneOf(possible)
        expect(check_interval_s?.value).toBe(check_concurrency?.value)
        await later.put({ check_concurrency: null, check_interval_s: null })
        later.kill('SIGTERM')
        expect(await later.ended).toMatchObject({ code: 0 })
        await expect
          .poll(async () => (await survivor.read())['check_concurrency']?.value, {
            timeout: 20_000,
          })
          .toBe(32)
      }
      survivor.kill('SIGTERM')
      const { code, errors } = await survivor.ended
      expect(code).toBe(0)
      expect(errors).not.toMatch(/CANARY|p%40ss/)
    },
  )
})
