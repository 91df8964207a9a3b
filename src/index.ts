/** oci-profiles: which OCI profiles work, why the others do not, and working clients out of them. */
export { checkUseable, refreshSession, type CheckDeps, type RefreshOutcome } from './check/index.ts'
export {
  getSigner,
  initClient,
  TransportError,
  type ClientOptions,
  type Exchange,
} from './client/index.ts'
export { parseOciConfigFile, type ParsedConfigFile } from './config/index.ts'
export { openDatabase, persistSettings, type CoreDatabase } from './database/index.ts'
export { diagnose, type Diagnosis } from './diagnosis/index.ts'
export { ERRORS, OciProfilesError, type CheckCode, type ErrorCode } from './errors.ts'
export {
  loadOciProfiles,
  ProfileNotUseableError,
  ProfileRegistry,
  registerOciProfile,
  type LoadedProfiles,
  type ProfilePatch,
} from './registry/index.ts'
export {
  AUTH_TYPES,
  createProfile,
  type AuthType,
  type CheckResult,
  type Finding,
  type LoadedProfile,
  type Logger,
  type OciProfileConfig,
  type OciProfileInput,
  type ProfileOrigin,
} from './schemas/index.ts'
export { Secret } from './secret.ts'
