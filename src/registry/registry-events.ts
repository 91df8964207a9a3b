/** What happens to profiles, told to whoever listens, after it has happened. */
import type { Logger } from '../schemas/index.ts'
import type { ProfileRecord } from './profile-record.ts'

/**
 * - `created`, `updated`: another configuration is in force; `removed`: the profile is gone
 * - `pending`: its first check is yet to come
 * - `checked`: the record shows the result of another check
 * - `stale`: a file that the profile names has changed; it is checked again
 */
export type RegistryEventType = 'created' | 'updated' | 'removed' | 'pending' | 'checked' | 'stale'

export interface RegistryEvent {
  type: RegistryEventType
  /** As it is after the event; after `removed`, as it was. */
  record: ProfileRecord
}

export type RegistryListener = (event: RegistryEvent) => void

export class RegistryEvents {
  readonly #listeners = new Set<RegistryListener>()
  readonly #logger: Logger

  constructor(logger: Logger) {
    this.#logger = logger
  }

  /** Returns the end of it. */
  subscribe(listener: RegistryListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  emit(type: RegistryEventType, record: ProfileRecord): void {
    for (const listener of this.#listeners) {
      try {
        listener({ type, record })
      } catch (error) {
        this.#logger.error({ err: error, type }, 'a listener of the registry failed')
      }
    }
  }
}
