/** The second step: the settings in `configuration.json`, all of them or none. */
import { resolve } from 'node:path'
import { SILENT_LOGGER, type Logger } from '../schemas/index.ts'
import { readConfigurationFile } from './configuration-file.ts'
import { describeUnknown, throwFaults, type SettingFault } from './faults.ts'
import { gatherLayer, type ReadSetting } from './gather-layer.ts'
import { settingRow } from './layers.ts'
import { describeRaw } from './setting.ts'
import type { Settings } from './settings.ts'
import { EXCLUDED_NAME, isSettingName } from './table.ts'

/**
 * Lays the file that `configuration_file` names over the settings. `oci_profile_configs` in it is left out with a warning.
 * Throws CONFIGURATION_FILE_INVALID for the file and its names, SETTING_INVALID for its values; all faults in one error.
 */
export async function withConfigurationFile(
  settings: Settings,
  logger: Logger = SILENT_LOGGER,
): Promise<Settings> {
  const file = resolve(settings.cwd, settings.get('configuration_file'))
  const isNamed = settings.origin('configuration_file').source !== 'default'
  const { [EXCLUDED_NAME]: excluded, ...raw } = await readConfigurationFile(file, isNamed)
  if (excluded !== undefined) warnOfProfiles(file, logger)

  const strange = Object.keys(raw).flatMap((name) => findMisplaced(name, file))
  const { layer, faults } = gatherLayer('configuration.json', readValues(raw, file))
  throwFaults([...strange, ...faults])
  return settings.with(layer)
}

/** `null` is how JSON says that nothing is set. */
function readValues(raw: Record<string, unknown>, file: string): ReadSetting[] {
  return Object.entries(raw).flatMap(([name, value]): ReadSetting[] => {
    if (!isSettingName(name) || value === null) return []
    return [{ name, reading: settingRow(name).kind.readJson(value), detail: file }]
  })
}

function findMisplaced(name: string, file: string): SettingFault[] {
  const fact = describeMisplaced(name)
  if (fact === null) return []
  return [
    {
      name,
      code: 'CONFIGURATION_FILE_INVALID',
      message: `${describeRaw(name)} in ${file}: ${fact}`,
    },
  ]
}

function describeMisplaced(name: string): string | null {
  if (name === 'configuration_file') return 'the file cannot name itself'
  return isSettingName(name) ? null : describeUnknown(name)
}

function warnOfProfiles(file: string, logger: Logger): void {
  logger.warn(
    { code: 'OCI_PROFILE_CONFIGS_IGNORED', file },
    `${EXCLUDED_NAME} in ${file} is ignored: profiles come from the OCI config file`,
  )
}
