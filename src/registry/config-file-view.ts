/** How the config file is doing, and what a reading of it brought: what events, readiness and the answer to a reload say. */
import type { Finding } from '../schemas/index.ts'
import type { Reconciled } from './reconcile.ts'

/**
 * - `read`: what it says is in force; `absent`: there was none, and there is none
 * - `faulty`: some of what it says is not in force, because of a fault in it
 * - `missing`, `unreadable`: the profiles stay as it had them
 */
export type ConfigFileState = 'read' | 'absent' | 'faulty' | 'missing' | 'unreadable'

export interface ConfigFileView {
  file: string
  state: ConfigFileState
  /** Since when, ISO 8601, UTC. */
  since: string
  /** What is wrong, as an error code with its line, message and fix; `null` where nothing is. */
  code: string | null
  line: number | null
  message: string | null
  fix: string | null
  /** How many profiles stay as they were because of it. */
  kept: number
}

/** What one reading brought. */
export interface ConfigReading extends Reconciled {
  file: string
  exists: boolean
  diagnostics: Finding[]
}

type Fault = Pick<Finding, 'code' | 'message' | 'fix'> & { line?: number | null }

export function viewConfigFile(
  file: string,
  state: ConfigFileState,
  fault: Fault | null = null,
  kept = 0,
): ConfigFileView {
  const since = new Date().toISOString()
  const { code = null, line = null, message = null, fix = null } = fault ?? {}
  return { file, state, since, code, line, message, fix, kept }
}

/** The same state goes on since when it began. */
export function sameView(before: ConfigFileView, now: ConfigFileView): boolean {
  const { since: _, ...a } = before
  const { since: __, ...b } = now
  return JSON.stringify(a) === JSON.stringify(b)
}
