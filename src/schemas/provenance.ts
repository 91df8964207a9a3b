/** Where the value of each field came from. */
import type { Finding } from './finding.ts'
import type { EditableField, OciProfileConfig } from './profile.ts'

export type FieldSource = 'section' | 'DEFAULT' | 'environment' | 'api' | 'inferred' | 'default'

export interface FieldOrigin {
  source: FieldSource
  file: string | null
  /** 1-based line in `file`. */
  line: number | null
  /** Name of the environment variable, for the source `environment`. */
  variable?: string
}

export type Provenance = Record<EditableField, FieldOrigin>

/** A profile with what its reading showed. */
export interface LoadedProfile {
  profile: OciProfileConfig
  provenance: Provenance
  /** Findings of the reading that concern this profile (unknown keys, mixed identity, ...). */
  findings: Finding[]
}
