/** What a row of the table of settings is, and how a raw value becomes a value of it. No I/O. */
import { firstLine } from '../schemas/index.ts'
import type { Place } from './place.ts'

/** A value, or what is wrong with what was written, as the end of a sentence: `is "80a"`. Never shows a secret. */
export type Reading<T> = { value: T } | { fault: string }

/** How values of one kind are written. */
export interface SettingKind<T> {
  /** Ends the sentence "expected ...". */
  expected: string
  /** As the environment and the command line write it. */
  readText(text: string): Reading<T>
  /** As JSON writes it. */
  readJson(raw: unknown): Reading<T>
}

export interface Setting<T> {
  kind: SettingKind<T>
  /** Environment variable. */
  env: string
  /** Option of the command line, where there is one. */
  flag?: string
  help: string
  /** Whether it may change while the service runs; only such settings are stored in the database. */
  runTime: boolean
  /** Whether values are masked wherever they are shown. */
  secret: boolean
  /** The default, which may depend on the machine and on settings that stand higher in the table. */
  makeDefault(place: Place, host: string): T
  /** The default in words, for the documentation. */
  defaultText: string
  /** Environment variable that changes the default: weaker than every layer. */
  defaultEnv?: string
  /** What may be shown of a value that is masked otherwise. */
  show?(value: T): unknown
}

/** What is wrong in general: what was written, if that may be shown, and what should have been. */
export function notExpected(raw: unknown, expected: string): { fault: string } {
  return { fault: `is ${describeRaw(raw)}, expected ${expected}` }
}

/** Says so much of a value as is safe on one line; what is inside objects and lists, and behind a first line, stays unseen. */
export function describeRaw(raw: unknown): string {
  if (Array.isArray(raw)) return 'a list'
  if (typeof raw === 'object' && raw !== null) return 'an object'
  // A whole file may have been put where its path belongs, with secrets in it.
  const text = JSON.stringify(typeof raw === 'string' ? firstLine(raw) : raw) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
