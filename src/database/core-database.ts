/** The CORE database as the rest of the house sees it, whatever stands behind it. */
import type { OciProfilesError } from '../errors.ts'
import type { StoredPrecondition, StoredSettings } from '../settings/index.ts'

export type { StoredPrecondition, StoredSettings }

export type DatabaseKind = 'sqlite' | 'postgres'

/** Every method rejects with an OciProfilesError whose code begins with `DATABASE_`. */
export interface CoreDatabase {
  readonly kind: DatabaseKind
  readSettings(): Promise<StoredSettings>
  /**
   * The same, and finds out besides whether the database is still the one that was opened and takes writes. The values
   * count, not the version alone: a row that was changed by hand, or a backup that was restored, need not have another.
   */
  lookAtSettings(): Promise<StoredSettings>
  /**
   * Stores all values or none; `null` removes one. Settled only when the values are safe on the disk, with all that is
   * stored then. Rejects with what the precondition throws, too.
   */
  writeSettings(
    changes: Readonly<Record<string, unknown>>,
    precondition?: StoredPrecondition,
  ): Promise<StoredSettings>
  /** Calls back for what it hears by itself. Not every kind hears everything: looking stays necessary. */
  listen(listener: DatabaseListener): void
  /** Waits for what is running. May be called twice. */
  close(): Promise<void>
}

export interface DatabaseListener {
  /** The settings have this version now; who changed them is not known. */
  changed(version: number): void
  /** Nothing more will succeed: it has to be opened anew. */
  lost(fault: OciProfilesError): void
}
