/** Shapes and pure rules with wire names; no I/O. The validators of requests are in `wire/`. */
export { AUTH_TYPES, DEFAULT_AUTH_TYPE, isAuthType, type AuthType } from './auth-type.ts'
export {
  PENDING_CHECK,
  type CheckResult,
  type FailedCheck,
  type OkCheck,
  type PendingCheck,
} from './check-result.ts'
export type { Finding, Severity } from './finding.ts'
export { audit, SILENT_LOGGER, type LogFn, type Logger } from './logger.ts'
export { FOREIGN_SPELLINGS } from './foreign-spellings.ts'
export { findJsonFault, type TextPosition } from './json-fault.ts'
export { leastFarName, nearestName } from './nearest-name.ts'
export { foldName, isCreatableName } from './profile-name.ts'
export { OCI_CLI_VARIABLES, type VariableField } from './oci-cli-variables.ts'
export {
  createProfile,
  EDITABLE_FIELDS,
  READ_ONLY_FIELDS,
  SENSITIVE_FIELDS,
  type EditableField,
  type OciProfileConfig,
  type OciProfileInput,
  type OciSensitive,
  type ProfileOrigin,
} from './profile.ts'
export { publicView, sensitiveView } from './profile-view.ts'
export type { FieldOrigin, FieldSource, LoadedProfile, Provenance } from './provenance.ts'
export { rewriteCommand, shellPath, shellWord } from './shell-word.ts'
export { firstLine, withoutSecrets } from './shown-text.ts'
