import { homedir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { expandHome, locateConfigFile } from '../../src/config/index.ts'

const CLI = { OCI_CLI_CONFIG_FILE: '/cli' }
const SDK = { OCI_CONFIG_FILE: '/sdk' }

describe('locateConfigFile looks', () => {
  const PLACES: [
    what: string,
    configFile: string | undefined,
    env: NodeJS.ProcessEnv,
    file: string,
  ][] = [
    ['where --config-file says', '/flag', { ...CLI, ...SDK }, '/flag'],
    ['else where OCI_CLI_CONFIG_FILE says', undefined, { ...CLI, ...SDK }, '/cli'],
    ['else where OCI_CONFIG_FILE says', undefined, SDK, '/sdk'],
    ['else in the home folder', undefined, {}, '/home/me/.oci/config'],
    ['past an empty flag', '', CLI, '/cli'],
    [
      'past empty variables',
      undefined,
      { OCI_CLI_CONFIG_FILE: '', OCI_CONFIG_FILE: '' },
      '/home/me/.oci/config',
    ],
    ['under the home folder that ~ stands for', '~/x', {}, '/home/me/x'],
    ['under it in a variable too', undefined, { OCI_CONFIG_FILE: '~/x' }, '/home/me/x'],
    ['in the working folder for a path of another home', '~you/x', {}, '/some/where/~you/x'],
    ['in the working folder', 'x/config', {}, '/some/where/x/config'],
    ['in it, without dots at the beginning', './.././/x/config', {}, '/some/x/config'],
    ['at dots in the middle as they are written', 'x/../config', {}, '/some/where/x/../config'],
    [
      'in the working folder for variables, too',
      undefined,
      { OCI_CONFIG_FILE: 'c' },
      '/some/where/c',
    ],
  ]

  test.each(PLACES)('%s', (_, configFile, env, file) => {
    const place = { home: '/home/me', cwd: '/some/where' }
    expect(locateConfigFile({ configFile, env, ...place })).toBe(file)
  })

  test("in the process's own folder where none is named", () => {
    expect(locateConfigFile({ configFile: 'config', env: {} })).toBe(`${process.cwd()}/config`)
  })

  const HOMES: [what: string, env: NodeJS.ProcessEnv, file: string][] = [
    ['HOME', { HOME: '/h' }, '/h/.oci/config'],
    ['HOME with a slash at its end', { HOME: '/h//' }, '/h/.oci/config'],
    ['the root folder as HOME', { HOME: '/' }, '/.oci/config'],
    [
      'the home of the operating system, for an empty HOME',
      { HOME: '' },
      `${homedir()}/.oci/config`,
    ],
    ['the home of the operating system, without HOME', {}, `${homedir()}/.oci/config`],
  ]

  test.each(HOMES)('in %s', (_, env, file) => {
    expect(locateConfigFile({ env })).toBe(file)
  })
})

test.each([
  ['~', '/h'],
  ['~/', '/h/'],
  ['~/a/~', '/h/a/~'],
  ['a~', 'a~'],
  ['', ''],
])('expandHome makes %j to %j', (path, expanded) => {
  expect(expandHome(path, '/h')).toBe(expanded)
})
