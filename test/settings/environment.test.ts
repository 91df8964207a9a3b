import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadOn } from './load.ts'
import { recordingLogger } from './recording-logger.ts'
import { tempFolder } from './temp-folder.ts'

test('.env completes the environment and says so', async () => {
  const folder = await tempFolder()
  const dotEnv = '\uFEFFOCI_PROFILES_PORT=9100\nexport OCI_PROFILES_HOST="127.0.0.2" # ours\n'
  const settings = await loadOn({ dotEnv }, folder)
  expect(settings.get('port')).toBe(9100)
  expect(settings.get('host')).toBe('127.0.0.2')
  const detail = `OCI_PROFILES_PORT (${join(folder, '.env')})`
  expect(settings.origin('port')).toEqual({ source: 'environment', detail })
})

test('.env overrides no variable, and an empty one counts as not set', async () => {
  const portWith = async (value: string) => {
    const env = { OCI_PROFILES_PORT: value }
    return (await loadOn({ env, dotEnv: 'OCI_PROFILES_PORT=9100' })).get('port')
  }
  expect([await portWith('9200'), await portWith('')]).toEqual([9200, 9100])
})

test('the merged environment is handed on, and the real one is not touched', async () => {
  const env = { OCI_CLI_REGION: 'eu-frankfurt-1' }
  const dotEnv = 'OCI_CLI_REGION=us-ashburn-1\nHTTPS_PROXY=http://proxy.example:3128\n'
  const settings = await loadOn({ env, dotEnv })
  expect(settings.env).toEqual({
    OCI_CLI_REGION: 'eu-frankfurt-1',
    HTTPS_PROXY: 'http://proxy.example:3128',
  })
  expect(env).toEqual({ OCI_CLI_REGION: 'eu-frankfurt-1' })
  expect(process.env['HTTPS_PROXY']).not.toBe('http://proxy.example:3128')
})

test('a folder called .env, as Python makes them, is no .env', async () => {
  const folder = await tempFolder()
  await mkdir(join(folder, '.env'))
  expect((await loadOn({}, folder)).get('port')).toBe(8000)
})

test('a .env that is no text stops the start', async () => {
  const folder = await tempFolder()
  await writeFile(join(folder, '.env'), Buffer.from([0x41, 0x3d, 0xff, 0xfe]))
  await expect(loadOn({}, folder)).rejects.toMatchObject({
    code: 'ENV_FILE_INVALID',
    message: `${join(folder, '.env')} is not UTF-8 text`,
  })
})

test('a fault in .env names variable and file', async () => {
  await expect(loadOn({ dotEnv: 'OCI_PROFILES_PORT=many' })).rejects.toMatchObject({
    code: 'SETTING_INVALID',
    message: expect.stringMatching(/variable OCI_PROFILES_PORT \(.*\.env\) is "many", expected/),
  })
})

test.each([
  ['OCI_PROFILES_PROT', 'OCI_PROFILES_PORT'],
  ['OCI_PROFILES_APIKEY', 'OCI_PROFILES_API_KEY'],
  ['OCI_PROFILES_CHECK_INTERVAL', 'OCI_PROFILES_CHECK_INTERVAL_S'],
])('%s is warned of, without its value', async (variable, meant) => {
  const logger = recordingLogger()
  await loadOn({ env: { [variable]: 'hunter22' }, logger })
  expect(logger.lines).toHaveLength(1)
  expect(logger.lines[0]).toContain(`${variable} has no effect; did you mean ${meant}?`)
  expect(logger.lines[0]).not.toContain('hunter22')
})

test.each([
  'OCI_PROFILES_ENDPOINT_URL',
  'OCI_PROFILES_ENDPOINT_URL_OBJECT_STORAGE',
  'OCI_PROFILES_SERVICE_HOST',
  'OCI_PROFILES_PORT_8000_TCP_ADDR',
])('%s belongs to somebody else', async (variable) => {
  const logger = recordingLogger()
  await loadOn({ env: { [variable]: 'x' }, logger })
  expect(logger.lines).toEqual([])
})

test('the text of a config file in place of its path is refused, and nothing behind its first line shown', async () => {
  const text = '[DEFAULT]\npass_phrase=CANARY\n'
  const refusal = loadOn({ env: { OCI_CLI_CONFIG_FILE: text } })
  await expect(refusal).rejects.toMatchObject({ code: 'SETTING_INVALID', field: 'config_file' })
  const error: unknown = await refusal.catch((fault: unknown) => fault)
  expect(String(error) + JSON.stringify(error)).not.toContain('CANARY')
  expect(String(error)).toContain('is "[DEFAULT]…", expected a path')
})
