/** What was read of each setting → a layer of what fits, and faults of what does not. */
import type { SettingFault } from './faults.ts'
import { describeOrigin, type Layer, type Provided, type SettingSource } from './layers.ts'
import type { Reading } from './setting.ts'
import type { SettingName } from './table.ts'

export interface ReadSetting {
  name: SettingName
  reading: Reading<unknown>
  /** As the origin of the value shows it. */
  detail: string | null
}

export function gatherLayer(
  source: SettingSource,
  settings: readonly ReadSetting[],
): { layer: Layer; faults: SettingFault[] } {
  const values = new Map<SettingName, Provided>()
  const faults: SettingFault[] = []
  for (const { name, reading, detail } of settings) {
    if ('value' in reading) values.set(name, { value: reading.value, detail })
    else faults.push(invalid(name, describeOrigin({ source, detail }), reading.fault))
  }
  return { layer: { source, values }, faults }
}

function invalid(name: SettingName, origin: string, fault: string): SettingFault {
  return { name, code: 'SETTING_INVALID', message: `${name} from ${origin} ${fault}` }
}
