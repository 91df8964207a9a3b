/** The settings of a running service: read at any time, changed one change after the other. */
import { OciProfilesError } from '../errors.ts'
import { SILENT_LOGGER, type Logger } from '../schemas/index.ts'
import { readChange, type SettingsChange } from './change.ts'
import { isStorable, withDatabaseLayer } from './database-layer.ts'
import type { Settings } from './settings.ts'
import { SETTING_NAMES, type SettingName } from './table.ts'

/** Gets the settings after a change and the names whose values are others than before. */
export type SettingsListener = (settings: Settings, changed: readonly SettingName[]) => void

export interface SettingsStore {
  readonly current: Settings
  /** Calls the listener after every change until the function returned is called. */
  subscribe(listener: SettingsListener): () => void
  /**
   * Stores and then applies all values or none; `null` returns to the default.
   * Throws VALIDATION_FAILED (names and values), SETTING_FIXED (by a stronger layer), SETTINGS_NOT_SAVED.
   */
  change(values: SettingsChange): Promise<Settings>
  /** Lays what `read` finds in the database over the settings, in place of what was there before. */
  reload(read: () => Promise<Readonly<Record<string, unknown>>>): Promise<Settings>
}

export interface SettingsStoreDeps {
  /** Stores all values or none and rejects then; `null` removes what is stored. */
  persist: (changes: SettingsChange) => Promise<void>
  logger?: Logger
}

export function createSettingsStore(
  initial: Settings,
  { persist, logger = SILENT_LOGGER }: SettingsStoreDeps,
): SettingsStore {
  let current = initial
  let queue: Promise<unknown> = Promise.resolve()
  const listeners = new Set<SettingsListener>()

  /** A reading that began before a change was stored must not undo it: everything takes its turn. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = queue.then(task)
    queue = result.catch(() => {})
    return result
  }

  const apply = (stored: Readonly<Record<string, unknown>>): Settings => {
    const before = current
    current = withDatabaseLayer(before, stored, logger)
    const changed = SETTING_NAMES.filter(isStorable).filter(
      (name) => current.get(name) !== before.get(name),
    )
    if (changed.length > 0) for (const listener of listeners) notify(listener, changed)
    return current
  }

  const notify = (listener: SettingsListener, changed: readonly SettingName[]) => {
    try {
      listener(current, changed)
    } catch (error) {
      logger.error({ err: error, changed }, 'A change of settings did not take effect everywhere')
    }
  }

  return {
    get current() {
      return current
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    change: (values) =>
      inTurn(async () => {
        const changes = readChange(current, values)
        if (Object.keys(changes).length === 0) return current
        await save(persist, changes)
        return apply(withoutNulls({ ...current.layerValues('database'), ...changes }))
      }),
    reload: (read) => inTurn(async () => apply(await read())),
  }
}

async function save(persist: SettingsStoreDeps['persist'], changes: SettingsChange): Promise<void> {
  try {
    await persist(changes)
  } catch (error) {
    const known = error instanceof OciProfilesError ? error : null
    const fact = `The settings were not saved: ${known?.message ?? 'the database failed'}`
    throw new OciProfilesError('SETTINGS_NOT_SAVED', fact, { fix: known?.fix, cause: error })
  }
}

function withoutNulls(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
}
