/** The CORE database as the rest of the house sees it, whatever stands behind it. */

export type DatabaseKind = 'sqlite'

export interface StoredSettings {
  /** JSON values by name, as they were stored: not yet validated. */
  values: Record<string, unknown>
  /** Grows by one with every change, whoever makes it. */
  version: number
}

/** Every method rejects with an OciProfilesError whose code begins with `DATABASE_`. */
export interface CoreDatabase {
  readonly kind: DatabaseKind
  readSettings(): Promise<StoredSettings>
  /** Stores all values or none; `null` removes one. Settled only when the values are safe on the disk. */
  writeSettings(changes: Readonly<Record<string, unknown>>): Promise<void>
  /** Waits for what is running. May be called twice. */
  close(): Promise<void>
}
