/** The REST API as functions and types; nothing else of the console knows how it is called. */
export { ServiceProblem, Unreachable, type Answer } from './call.ts'
export type { Frame } from './frames.ts'
export {
  checkProfile,
  createProfile,
  diagnoseProfile,
  isUnaddressable,
  listChecks,
  listProfiles,
  parseText,
  readHistory,
  readProfile,
  reloadFile,
  removeProfile,
  revealProfile,
  updateProfile,
  type CheckPoint,
  type Parsed,
  type ParsedProfile,
  type PastCheck,
  type ProfileChecks,
  type Reloaded,
} from './profiles.ts'
export { readWithRetries } from './read-with-retries.ts'
export { changeSettings, readReadiness, readSettings } from './settings.ts'
export { followEvents } from './stream.ts'
export {
  isSensitive,
  SENSITIVE_FIELDS,
  type Check,
  type DiagnosedField,
  type Diagnosis,
  type Dialect,
  type FieldName,
  type Finding,
  type Origin,
  type Profile,
  type ProfilePatch,
  type Readiness,
  type SensitiveField,
  type SensitiveProfile,
  type Setting,
  type Settings,
  type Severity,
  type Step,
} from './wire.ts'
