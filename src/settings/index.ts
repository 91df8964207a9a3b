/** Settings: the table of them, the layers that they come from, and the store that a service changes them in. */
export type { SettingsChange } from './change.ts'
export { withConfigurationFile } from './configuration-layer.ts'
export { isStorable, withDatabaseLayer } from './database-layer.ts'
export { sqlitePath } from './kinds/database-url.ts'
export { PRECEDENCE, type SettingOrigin, type SettingSource } from './layers.ts'
export { loadEnvironmentSettings, loadSettings, type SettingsOptions } from './load-settings.ts'
export { isLoopbackHost, requireKeyBeyondLoopback } from './loopback.ts'
export { processEnvironment, type Environment } from './place.ts'
export type { Reading, Setting, SettingKind } from './setting.ts'
export {
  createSettingsStore,
  type SettingsListener,
  type SettingsStore,
  type SettingsStoreDeps,
} from './settings-store.ts'
export type { SettingEntry, Settings } from './settings.ts'
export {
  isSettingName,
  LOG_LEVELS,
  SETTING_NAMES,
  SETTINGS,
  type LogLevel,
  type SettingName,
  type SettingValues,
} from './table.ts'
export type { Flags } from './text-layers.ts'
