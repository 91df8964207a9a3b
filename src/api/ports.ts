/** What the API needs of the rest: given when it is built, so that it can be built around anything that fits. */
import type { Secret } from '../secret.ts'
import type { LoadedProfile, Logger } from '../schemas/index.ts'
import type { ProfileRegistry } from '../registry/index.ts'

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
  /** Validates all, persists all, then applies all; rejects with nothing changed. */
  change(values: Record<string, unknown>): Promise<unknown>
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

export interface ApiOptions {
  registry: ProfileRegistry
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
}
