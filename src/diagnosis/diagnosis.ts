/** The diagnosis as API and command line show it. */
import type {
  CheckResult,
  EditableField,
  FieldOrigin,
  Finding,
  ProfileOrigin,
} from '../schemas/index.ts'
import type { Dialect } from './dialects/index.ts'

export interface DiagnosedField extends FieldOrigin {
  /** A mask when the field is sensitive, `null` when it is not set. */
  value: string | boolean | null
}

export interface Diagnosis {
  auth_profile: string
  useable: boolean
  origin: ProfileOrigin
  check: CheckResult | null
  fields: Record<EditableField, DiagnosedField>
  /** Errors first, then warnings, then hints. */
  findings: Finding[]
  /** How other tools read the same section, one entry for each tool, in the same order always; empty without a file. */
  dialects: Dialect[]
}
