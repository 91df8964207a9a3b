/** The settings of a running service: read at any time, changed one change after the other. */
import { OciProfilesError } from '../errors.ts'
import { SILENT_LOGGER, type Logger } from '../schemas/index.ts'
import { readChange, type SettingsChange } from './change.ts'
import { isStorable, withDatabaseLayer } from './database-layer.ts'
import type { Settings } from './settings.ts'
import type { StoredPrecondition, StoredSettings } from './stored.ts'
import { SETTING_NAMES, type SettingName } from './table.ts'

/** Gets the settings after a change and the names whose values are others than before. */
export type SettingsListener = (settings: Settings, changed: readonly SettingName[]) => void

export interface SettingsStore {
  readonly current: Settings
  /** What the database held when it was last read or written; `null` until then. */
  readonly stored: StoredSettings | null
  /** Calls the listener after every change until the function returned is called. */
  subscribe(listener: SettingsListener): () => void
  /**
   * Stores and then applies all values or none; `null` returns to the default. What others stored meanwhile applies too.
   * Throws VALIDATION_FAILED (names and values), SETTING_FIXED (by a stronger layer), SETTINGS_NOT_SAVED, and what the
   * precondition throws.
   */
  change(values: SettingsChange, precondition?: StoredPrecondition): Promise<Settings>
  /** Lays what `read` finds in the database over the settings, in place of what was there before. */
  reload(read: () => Promise<StoredSettings>): Promise<Settings>
}

export interface SettingsStoreDeps {
  /**
   * Stores all values or none and rejects then; `null` removes what is stored. Resolves with what is stored after it;
   * with `null` when there was nothing to store.
   */
  persist: (
    changes: SettingsChange,
    precondition?: StoredPrecondition,
  ) => Promise<StoredSettings | null>
  /** What the database holds at the start, where it could be read. */
  stored?: StoredSettings | null
  logger?: Logger
}

/** `configured` are the settings of all layers but the database's. */
export function createSettingsStore(
  configured: Settings,
  { persist, stored: initial = null, logger = SILENT_LOGGER }: SettingsStoreDeps,
): SettingsStore {
  let stored = initial
  let current = initial ? withDatabaseLayer(configured, initial.values, logger) : configured
  let queue: Promise<unknown> = Promise.resolve()
  const listeners = new Set<SettingsListener>()

  /** A reading that began before a change was stored must not undo it: everything takes its turn. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = queue.then(task)
    queue = result.catch(() => {})
    return result
  }

  const apply = (after: StoredSettings): readonly SettingName[] => {
    const before = current
    stored = after
    current = withDatabaseLayer(before, after.values, logger)
    const changed = SETTING_NAMES.filter(isStorable).filter(
      (name) => current.get(name) !== before.get(name),
    )
    if (changed.length > 0) for (const listener of listeners) notify(listener, changed)
    return changed
  }

  const tellOfOthers = (changed: readonly SettingName[]) => {
    if (changed.length > 0) logger.info({ changed }, 'settings changed in the CORE database')
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
    get stored() {
      return stored
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    change: (values, precondition) =>
      inTurn(async () => {
        const changes = readChange(current, values)
        if (Object.keys(changes).length === 0) {
          if (stored !== null) precondition?.(stored)
          return current
        }
        const after = await save(() => persist(changes, precondition))
        const changed = after === null ? [] : apply(after)
        tellOfOthers(changed.filter((name) => !Object.hasOwn(changes, name)))
        return current
      }),
    reload: (read) =>
      inTurn(async () => {
        tellOfOthers(apply(await read()))
        return current
      }),
  }
}

async function save<T>(persist: () => Promise<T>): Promise<T> {
  try {
    return await persist()
  } catch (error) {
    const known = error instanceof OciProfilesError ? error : null
    if (known?.code === 'PRECONDITION_FAILED') throw known
    const fact = `The settings were not saved: ${known?.message ?? 'the database failed'}`
    throw new OciProfilesError('SETTINGS_NOT_SAVED', fact, { fix: known?.fix, cause: error })
  }
}
