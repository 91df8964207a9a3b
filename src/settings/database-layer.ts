/** The fourth step: the settings that were stored in the database. */
import { SILENT_LOGGER, type Logger } from '../schemas/index.ts'
import { describeUnknown } from './faults.ts'
import { gatherLayer, type ReadSetting } from './gather-layer.ts'
import { settingRow } from './layers.ts'
import type { Settings } from './settings.ts'
import { EXCLUDED_NAME, isSettingName, type SettingName } from './table.ts'

/**
 * Lays stored values over the settings, in place of those of an earlier reading.
 *
 * What does not validate is left out with a warning and stops nothing, unlike a faulty variable or file: the running
 * service is the only way to correct a stored value, and a database that opens late is read when the port is long open.
 */
export function withDatabaseLayer(
  settings: Settings,
  stored: Readonly<Record<string, unknown>>,
  logger: Logger = SILENT_LOGGER,
): Settings {
  const names = Object.keys(stored)
  for (const name of names.filter((each) => !isStorable(each))) warnOfForeign(name, logger)
  const readings = names.filter(isStorable).map((name) => readStored(name, stored[name]))
  const { layer, faults } = gatherLayer('database', readings)
  for (const { name, message } of faults) {
    logger.warn(
      { code: 'SETTING_INVALID', setting: name },
      `${message}; the stored value is ignored`,
    )
  }
  return settings.with(layer)
}

/** Only what may change at run time is ever stored, so nothing else is ever taken from there. */
export function isStorable(name: string): name is SettingName {
  return isSettingName(name) && settingRow(name).runTime && !settingRow(name).secret
}

function readStored(name: SettingName, raw: unknown): ReadSetting {
  return { name, reading: settingRow(name).kind.readJson(raw), detail: null }
}

function warnOfForeign(name: string, logger: Logger): void {
  const code = name === EXCLUDED_NAME ? 'OCI_PROFILE_CONFIGS_IGNORED' : 'SETTING_INVALID'
  const fact = isSettingName(name) ? 'it cannot be set there' : describeUnknown(name)
  const message = name === EXCLUDED_NAME ? 'profiles come from the OCI config file' : fact
  logger.warn({ code, setting: name }, `${name} in the database is ignored: ${message}`)
}
