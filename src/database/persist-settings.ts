/** What of the settings is written to the database: those that change at run time, and nothing else. */
import { OciProfilesError } from '../errors.ts'
import { isStorable, SETTINGS, type Reading, type SettingName } from '../settings/index.ts'
import type { CoreDatabase, StoredPrecondition, StoredSettings } from './core-database.ts'

/**
 * Stores the values, all or none; `null` removes one. Leaves out `oci_profile_configs`, secrets, every other setting
 * that is fixed while the service runs, and every name that is no setting: no field of a profile can get there.
 * Resolves with all that is stored then, or with `null` where nothing was left to write.
 * Throws SETTING_INVALID for a value that does not fit its setting, and what the database throws.
 */
export async function persistSettings(
  database: Pick<CoreDatabase, 'writeSettings'>,
  values: Readonly<Record<string, unknown>>,
  precondition?: StoredPrecondition,
): Promise<StoredSettings | null> {
  const names = Object.keys(values).filter(isStorable)
  if (names.length === 0) return null
  const changes = names.map((name) => [name, acceptValue(name, values[name])] as const)
  return database.writeSettings(Object.fromEntries(changes), precondition)
}

function acceptValue(name: SettingName, raw: unknown): unknown {
  if (raw === null) return null
  const reading: Reading<unknown> = SETTINGS[name].kind.readJson(raw)
  if ('value' in reading) return reading.value
  throw new OciProfilesError('SETTING_INVALID', `${name} ${reading.fault}`, { field: name })
}
