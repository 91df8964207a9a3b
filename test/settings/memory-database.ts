/** Stored settings in memory: what a test's store persists to, and what others change behind its back. */
import type {
  SettingsChange,
  StoredPrecondition,
  StoredSettings,
} from '../../src/settings/index.ts'

export interface MemoryDatabase {
  /** What was asked to be stored, in order. */
  writes: SettingsChange[]
  persist(changes: SettingsChange, precondition?: StoredPrecondition): Promise<StoredSettings>
  read(): Promise<StoredSettings>
}

export function memoryDatabase(initial: Readonly<Record<string, unknown>> = {}): MemoryDatabase {
  const writes: SettingsChange[] = []
  let stored: StoredSettings = { values: initial, version: 0 }
  return {
    writes,
    read: async () => stored,
    async persist(changes, precondition) {
      precondition?.(stored)
      writes.push(changes)
      const entries = Object.entries({ ...stored.values, ...changes })
      const values = Object.fromEntries(entries.filter(([, value]) => value !== null))
      stored = { values, version: stored.version + 1 }
      return stored
    },
  }
}
