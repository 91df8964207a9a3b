/** What the API needs of the rest: given when it is built, so that it can be built around anything that fits. */
import type { Secret } from '../secret.ts'
import type { Finding, LoadedProfile, Logger } from '../schemas/index.ts'
import type { ConfigFileView, ConfigReload, ProfileRegistry } from '../registry/index.ts'
import type { Limits } from './limits.ts'
import type { StoredPrecondition, StoredSettings } from '../settings/index.ts'

/** One setting as GET /v1/settings shows it; secrets are masked already. */
export interface SettingView {
  value: unknown
  source: string
  detail: string | null
  default: unknown
  expected: string
  run_time: boolean
  help: string
}

export interface SettingsPort {
  view(): Record<string, SettingView>
  /** What the CORE database held when it was last read or written; `null` until then. */
  stored(): StoredSettings | null
  /** Validates all, persists all if the precondition holds, then applies all; rejects with nothing changed. */
  change(values: Record<string, unknown>, precondition: StoredPrecondition): Promise<unknown>
}

export interface StartStep {
  number: number
  name: string
  state: 'waiting' | 'running' | 'done' | 'failed'
  duration_ms: number | null
  detail: string | null
}

export interface DatabaseView {
  state: 'open' | 'unavailable' | 'closed'
  kind: string
  code: string | null
  message: string | null
  fix: string | null
  since: string | null
}

export interface ReadinessPort {
  steps(): StartStep[]
  database(): DatabaseView
  isStopping(): boolean
}

export interface ConfigFilePort {
  readonly view: ConfigFileView
  /** Reads the file now. Rejects with CONFIG_FILE_UNREADABLE. */
  reload(): Promise<ConfigReload>
}

/** Text of a config file that never was a file. */
export interface ParsedText {
  loaded: LoadedProfile[]
  diagnostics: Finding[]
}

export interface ApiOptions {
  registry: ProfileRegistry
  configFile: ConfigFilePort
  /** Reads no file and no environment. */
  parseText(text: string): ParsedText
  settings: SettingsPort
  readiness: ReadinessPort
  /** Everything known about one profile, for GET …/diagnosis. */
  diagnose(loaded: LoadedProfile, others: readonly LoadedProfile[]): Promise<object>
  apiKey: Secret
  /** Host names by which the service may be called, besides loopback's. */
  allowedHosts: readonly string[]
  loopbackOnly: boolean
  /** `''`, or a path such as `/oci` without a slash at its end. */
  urlPrefix: string
  /** Version of the package, for OpenAPI. */
  version: string
  logger: Logger
  /** Where they differ from the defaults. */
  limits?: Partial<Limits>
}
