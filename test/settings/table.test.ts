import { describe, expect, test } from 'vitest'
import { OciProfilesError } from '../../src/errors.ts'
import { Secret } from '../../src/secret.ts'
import { SETTING_NAMES, SETTINGS, type SettingName } from '../../src/settings/index.ts'
import { envOf, loadOn } from './load.ts'

test('the table has every setting with its variable and its time of change', () => {
  const rows = SETTING_NAMES.map((name) => [name, SETTINGS[name].env, SETTINGS[name].runTime])
  expect(rows).toEqual([
    ['host', 'OCI_PROFILES_HOST', false],
    ['port', 'OCI_PROFILES_PORT', false],
    ['url_prefix', 'OCI_PROFILES_URL_PREFIX', false],
    ['api_key', 'OCI_PROFILES_API_KEY', false],
    ['allowed_hosts', 'OCI_PROFILES_ALLOWED_HOSTS', false],
    ['config_file', 'OCI_CLI_CONFIG_FILE', false],
    ['configuration_file', 'OCI_PROFILES_CONFIGURATION_FILE', false],
    ['database_url', 'OCI_PROFILES_DATABASE_URL', false],
    ['log_level', 'OCI_PROFILES_LOG_LEVEL', true],
    ['default_profile', 'OCI_CLI_PROFILE', true],
    ['check_concurrency', 'OCI_PROFILES_CHECK_CONCURRENCY', true],
    ['check_interval_s', 'OCI_PROFILES_CHECK_INTERVAL_S', true],
  ])
})

test('nothing set anywhere gives the defaults', async () => {
  const settings = await loadOn({}, '/')
  const shown = Object.entries(settings.entries()).map(([name, entry]) => [name, entry.value])
  expect(Object.fromEntries(shown)).toEqual({
    host: '127.0.0.1',
    port: 8000,
    url_prefix: '',
    api_key: '********',
    allowed_hosts: ['localhost', '127.0.0.1', '::1'],
    config_file: '/home/somebody/.oci/config',
    configuration_file: '/configuration.json',
    database_url: 'sqlite:/home/somebody/.local/share/oci-profiles/core.db',
    log_level: 'info',
    default_profile: null,
    check_concurrency: 32,
    check_interval_s: 300,
  })
  for (const name of SETTING_NAMES) {
    expect(settings.origin(name)).toEqual({ source: 'default', detail: null })
  }
})

const ACCEPTED: [SettingName, string, unknown][] = [
  ['host', '0.0.0.0', '0.0.0.0'],
  ['host', '::', '::'],
  ['host', '[::1]', '::1'],
  ['host', 'LocalHost', 'localhost'],
  ['port', '0', 0],
  ['port', '65535', 65535],
  ['url_prefix', '/oci', '/oci'],
  ['url_prefix', '/a/b-c/', '/a/b-c'],
  ['url_prefix', '/', ''],
  [
    'allowed_hosts',
    'Profiles.Example.com, [::1],10.0.0.7',
    ['profiles.example.com', '::1', '10.0.0.7'],
  ],
  ['config_file', '~/other/config', '~/other/config'],
  ['log_level', 'DEBUG', 'debug'],
  ['log_level', 'silent', 'silent'],
  ['default_profile', 'Größe 1', 'Größe 1'],
  ['check_concurrency', '1', 1],
  ['check_concurrency', '1024', 1024],
  ['check_interval_s', '0', 0],
  ['check_interval_s', '604800', 604800],
]

test.each(ACCEPTED)('%s takes %j from the environment', async (name, text, value) => {
  const settings = await loadOn({ env: envOf(name, text) })
  expect(settings.get(name)).toEqual(value)
  expect(settings.origin(name)).toEqual({ source: 'environment', detail: SETTINGS[name].env })
})

const ACCEPTED_SECRETS: [SettingName, string][] = [
  ['api_key', 'k'],
  ['api_key', 'long-enough-key_with.signs~!'],
  ['database_url', 'sqlite:/srv/oci/core.db'],
  ['database_url', 'sqlite:///srv/oci/core.db'],
]

test.each(ACCEPTED_SECRETS)('%s takes %j and keeps it as a secret', async (name, text) => {
  const value = (await loadOn({ env: envOf(name, text) })).get(name)
  expect(value).toBeInstanceOf(Secret)
  expect(value).toSatisfy((secret: Secret) => secret.reveal() === text)
})

const REFUSED: [SettingName, string][] = [
  ['host', 'localhost:80'],
  ['host', 'http://localhost'],
  ['host', 'a b'],
  ['host', '[localhost]'],
  ['host', '-x'],
  ['port', '80a'],
  ['port', '-1'],
  ['port', '65536'],
  ['port', '8e3'],
  ['port', '0x50'],
  ['port', '08000'],
  ['port', ' 8000'],
  ['port', '8000.0'],
  ['port', '9'.repeat(30)],
  ['port', '８０８０'],
  ['url_prefix', 'oci'],
  ['url_prefix', '//evil.example'],
  ['url_prefix', '/a/../b'],
  ['url_prefix', '/a?b'],
  ['api_key', 'two words'],
  ['api_key', 'schlüssel-aus-zeichen'],
  ['api_key', 'x'.repeat(513)],
  ['allowed_hosts', 'a.example,,b.example'],
  ['allowed_hosts', 'a.example:8080'],
  ['allowed_hosts', '*'],
  ['config_file', '   '],
  ['database_url', 'sqlite:relative/core.db'],
  ['database_url', 'sqlite::memory:'],
  ['database_url', 'sqlite:/folder/'],
  ['database_url', '/srv/core.db'],
  ['database_url', 'mysql://u:pw@h/d'],
  ['log_level', 'loud'],
  ['check_concurrency', '0'],
  ['check_concurrency', '1025'],
  ['check_interval_s', '604801'],
]

test.each(REFUSED)('%s refuses %j, with source and what was expected', async (name, text) => {
  const error = await faultOf({ env: envOf(name, text) })
  expect(error).toMatchObject({ code: 'SETTING_INVALID', field: name })
  expect(error.message).toContain(`${name} from the environment variable ${SETTINGS[name].env} `)
  expect(error.message).toContain(`expected ${SETTINGS[name].kind.expected}`)
  if (SETTINGS[name].secret) expect(error.message).not.toContain(text)
})

const REFUSED_JSON: [SettingName, unknown][] = [
  ['host', 127],
  ['port', '8000'],
  ['port', 80.5],
  ['port', true],
  ['port', { value: 8000 }],
  ['url_prefix', ['/a']],
  ['api_key', 1234567890123456],
  ['allowed_hosts', 'localhost'],
  ['allowed_hosts', []],
  ['allowed_hosts', ['localhost', 1]],
  ['config_file', ''],
  ['database_url', {}],
  ['log_level', 20],
  ['default_profile', false],
  ['check_concurrency', '32'],
  ['check_interval_s', 1e300],
]

test.each(REFUSED_JSON)('%s refuses %j in configuration.json', async (name, value) => {
  const error = await faultOf({ file: { [name]: value } })
  expect(error).toMatchObject({ code: 'SETTING_INVALID', field: name })
  expect(error.message).toContain('configuration.json ')
  expect(error.message).toContain(`expected ${SETTINGS[name].kind.expected}`)
})

test('a list is written as a list in configuration.json', async () => {
  const settings = await loadOn({ file: { allowed_hosts: ['A.example', '::1'] } })
  expect(settings.get('allowed_hosts')).toEqual(['a.example', '::1'])
})

test('the default of allowed_hosts goes with the host, whichever layer sets it', async () => {
  const fromFile = await loadOn({ file: { host: '10.1.2.3' } })
  expect(fromFile.get('allowed_hosts')).toEqual(['localhost', '127.0.0.1', '::1', '10.1.2.3'])
})

test('the address that Kubernetes puts into OCI_PROFILES_PORT is recognised', async () => {
  const error = await faultOf({ env: { OCI_PROFILES_PORT: 'tcp://10.0.0.1:8000' } })
  expect(error.message).toContain('Kubernetes Service')
  expect(error.message).toContain('enableServiceLinks')
})

test('OCI_CONFIG_FILE changes the default of config_file, and is weaker than every layer', async () => {
  const env = { OCI_CONFIG_FILE: '/etc/oci/config' }
  const settings = await loadOn({ env })
  expect(settings.get('config_file')).toBe('/etc/oci/config')
  expect(settings.origin('config_file')).toEqual({ source: 'default', detail: 'OCI_CONFIG_FILE' })
  const stronger = await loadOn({ env, file: { config_file: '/srv/config' } })
  expect(stronger.get('config_file')).toBe('/srv/config')
})

test('an API key of its own is made for each start', async () => {
  const first = await loadOn({})
  const second = await loadOn({})
  const key = first.get('api_key').reveal()
  expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(second.get('api_key').reveal()).not.toBe(key)
})

describe('what is shown', () => {
  test('masks the key and keeps the rest', async () => {
    const key = 'very-secret-key-of-the-api'
    const settings = await loadOn({ env: { OCI_PROFILES_API_KEY: key, OCI_PROFILES_PORT: '1' } })
    const text = JSON.stringify(settings.entries())
    expect(text).not.toContain(key)
    expect(settings.entries().api_key).toMatchObject({
      value: '********',
      default: '********',
      source: 'environment',
      detail: 'OCI_PROFILES_API_KEY',
    })
    expect(settings.entries().port).toEqual({
      value: 1,
      source: 'environment',
      detail: 'OCI_PROFILES_PORT',
      default: 8000,
      expected: 'an integer from 0 to 65535',
      run_time: false,
      help: SETTINGS.port.help,
    })
  })
})

async function faultOf(machine: Parameters<typeof loadOn>[0]): Promise<OciProfilesError> {
  const error: unknown = await loadOn(machine).catch((fault: unknown) => fault)
  if (!(error instanceof OciProfilesError)) throw new Error('the settings were accepted')
  return error
}
