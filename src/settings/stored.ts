/** What a database holds of the settings. */

export interface StoredSettings {
  /** JSON values by name, as they were stored: not yet validated. */
  readonly values: Readonly<Record<string, unknown>>
  /** Grows by one with every change, whoever makes it. */
  readonly version: number
}

/** Sees what is stored before a change, with no other writer in between; what it throws ends the change. */
export type StoredPrecondition = (before: StoredSettings) => void
