import { expect, test } from 'vitest'
import { loadSettings, type Environment } from '../../src/settings/index.ts'
import { tempFolder } from './temp-folder.ts'

const CASES: [NodeJS.Platform, Environment, string][] = [
  ['linux', {}, '/home/a/.local/share/oci-profiles/core.db'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/oci-profiles/core.db'],
  ['linux', { XDG_DATA_HOME: '' }, '/home/a/.local/share/oci-profiles/core.db'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/a/.local/share/oci-profiles/core.db'],
  ['freebsd', {}, '/home/a/.local/share/oci-profiles/core.db'],
  ['darwin', {}, '/home/a/Library/Application Support/oci-profiles/core.db'],
]

test.each(CASES)('on %s with %j the database is %s', async (platform, env, path) => {
  const settings = await loadSettings({ cwd: await tempFolder(), home: '/home/a', platform, env })
  expect(settings.get('database_url').reveal()).toBe(`sqlite:${path}`)
})

test('on Windows the database is in the local application data', async () => {
  const settings = await loadSettings({
    cwd: await tempFolder(),
    home: 'C:\\Users\\a',
    platform: 'win32',
    env: { LOCALAPPDATA: 'D:\\Local' },
  })
  // The folder is what is asked here; the separator before the file name is that of the machine that runs this.
  expect(settings.get('database_url').reveal()).toContain('sqlite:D:\\Local\\oci-profiles')
})
