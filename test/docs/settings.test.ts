import { expect, test } from 'vitest'
import {
  SETTING_NAMES,
  SETTINGS,
  type Setting,
  type SettingName,
} from '../../src/settings/index.ts'
import { readPage, tableRows } from './page.ts'

const page = readPage('settings.md')

type Shown = Pick<Setting<unknown>, 'defaultText' | 'env' | 'flag' | 'runTime' | 'help'>

function row(name: SettingName): string[] {
  const { defaultText, env, flag, runTime, help }: Shown = SETTINGS[name]
  const option = flag === undefined ? '' : `\`${flag}\``
  return [`\`${name}\``, defaultText, `\`${env}\``, option, runTime ? 'yes' : '', help]
}

test('docs/settings.md lists exactly the settings, as their table has them', () => {
  expect(tableRows(page)).toEqual(SETTING_NAMES.map(row))
})

test('docs/settings.md names every variable that changes a default', () => {
  const rows: Pick<Setting<unknown>, 'defaultEnv'>[] = SETTING_NAMES.map((name) => SETTINGS[name])
  const variables = rows.flatMap(({ defaultEnv }) => defaultEnv ?? [])
  expect(variables.filter((variable) => !page.includes(`\`${variable}\``))).toEqual([])
})
