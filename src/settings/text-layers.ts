/** The two layers that are written as text: options of the command line and variables of the environment. */
import type { LoadedEnvironment } from './env-file.ts'
import { throwFaults } from './faults.ts'
import { gatherLayer, type ReadSetting } from './gather-layer.ts'
import { settingRow, type Layer } from './layers.ts'
import { variable } from './place.ts'
import { SETTING_NAMES, type SettingName } from './table.ts'

/** What was given on the command line, by the names of the settings. */
export type Flags = { readonly [N in SettingName]?: string | undefined }

/** Throws SETTING_INVALID with every option that does not fit. */
export function flagLayer(flags: Flags): Layer {
  const given = SETTING_NAMES.flatMap((name): ReadSetting[] => {
    const text = flags[name]
    const { kind, flag = name } = settingRow(name)
    if (text === undefined) return []
    return [{ name, reading: kind.readText(text), detail: flag }]
  })
  const { layer, faults } = gatherLayer('flag', given)
  throwFaults(faults)
  return layer
}

/** Throws SETTING_INVALID with every variable that does not fit. */
export function environmentLayer({ env, file, fromFile }: LoadedEnvironment): Layer {
  const given = SETTING_NAMES.flatMap((name): ReadSetting[] => {
    const row = settingRow(name)
    const text = variable(env, row.env)
    if (text === undefined) return []
    const detail = fromFile.has(row.env) ? `${row.env} (${file})` : row.env
    return [{ name, reading: row.kind.readText(text), detail }]
  })
  const { layer, faults } = gatherLayer('environment', given)
  throwFaults(faults)
  return layer
}
