/** Profiles in memory, and the rules of what a failed check does to a create or an update. */
export {
  loadOciProfiles,
  readOciProfiles,
  registerOciProfile,
  startLoadingProfiles,
  type LoadedProfiles,
  type LoadingProfiles,
  type LoadOptions,
} from './load-oci-profiles.ts'
export type { PastCheck } from './check-history.ts'
export type { ConfigFileNews } from './config-file-reader.ts'
export type { ConfigFileState, ConfigFileView, ConfigReading } from './config-file-view.ts'
export { ConfigFileFollower, type ConfigReload, type FollowOptions } from './follow-config-file.ts'
export { followNamedFiles, type NamedFilesOptions } from './follow-named-files.ts'
export { ProfileNotUseableError } from './not-useable-error.ts'
export type { ProfilePatch } from './profile-patch.ts'
export type { ProfileRecord } from './profile-record.ts'
export type { CheckOutcome } from './check-outcome.ts'
export { ProfileRegistry } from './profile-registry.ts'
export { refreshSessions, type Refreshed, type RefreshOptions } from './refresh-sessions.ts'
export type { RegistryEvent, RegistryEventType, RegistryListener } from './registry-events.ts'
export type {
  CreateOptions,
  Precondition,
  RegistryOptions,
  RunCheck,
  UpdateOptions,
} from './registry-options.ts'
export { startRechecks, type RecheckSchedule } from './recheck-schedule.ts'
