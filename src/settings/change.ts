/** A change of settings that a caller asks for: every fault of it at once, before anything is applied. */
import { OciProfilesError, type FieldError } from '../errors.ts'
import { isStorable } from './database-layer.ts'
import { describeUnknown } from './faults.ts'
import { describeOrigin, settingRow, type SettingSource } from './layers.ts'
import type { Settings } from './settings.ts'
import { EXCLUDED_NAME, isSettingName, type SettingName } from './table.ts'

/** Values to store by name; `null` removes what is stored. */
export type SettingsChange = Readonly<Record<string, unknown>>

/** The values as they are kept. Throws VALIDATION_FAILED, then SETTING_FIXED; `errors` has every fault. */
export function readChange(settings: Settings, values: SettingsChange): SettingsChange {
  const faults = Object.entries(values).flatMap(([name, raw]) =>
    toError(name, findFault(name, raw)),
  )
  refuse('VALIDATION_FAILED', faults)
  const names = Object.keys(values).filter(isStorable)
  refuse(
    'SETTING_FIXED',
    names.flatMap((name) => toError(name, findFixed(settings, name))),
  )
  return Object.fromEntries(names.map((name) => [name, normalise(name, values[name])]))
}

function findFault(name: string, raw: unknown): string | null {
  if (name === EXCLUDED_NAME) return 'profiles are not a setting'
  if (!isSettingName(name)) return describeUnknown(name)
  const { env, kind } = settingRow(name)
  if (!isStorable(name)) {
    return `cannot change while the service runs: set ${env} or configuration.json and start again`
  }
  if (raw === null) return null
  const reading = kind.readJson(raw)
  return 'value' in reading ? null : reading.fault
}

const STRONGER: readonly SettingSource[] = ['flag', 'environment', 'configuration.json']

function findFixed(settings: Settings, name: SettingName): string | null {
  const origin = settings.origin(name)
  return STRONGER.includes(origin.source) ? `is fixed by ${describeOrigin(origin)}` : null
}

/** As the setting's own kind keeps it; `null` stays. */
function normalise(name: SettingName, raw: unknown): unknown {
  const reading = raw === null ? { value: null } : settingRow(name).kind.readJson(raw)
  return 'value' in reading ? reading.value : null
}

function toError(name: string, message: string | null): FieldError[] {
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  return message === null ? [] : [{ pointer, message }]
}

function refuse(code: 'VALIDATION_FAILED' | 'SETTING_FIXED', errors: FieldError[]): void {
  const [first] = errors
  if (!first) return
  const message = errors.map((error) => `${error.pointer.slice(1)} ${error.message}`).join('; ')
  throw new OciProfilesError(code, message, { field: first.pointer.slice(1), errors })
}
