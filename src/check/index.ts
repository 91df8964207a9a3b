/** Whether a profile works, and if not, why and what to do: rules without network, then one call to OCI. */
export {
  durationText,
  loadKeyForm,
  ownEnvironment,
  type Environment,
  type KeyForm,
  type KeyQuirk,
} from '../client/index.ts'
export { checkUseable } from './check-useable.ts'
export { oneLine, reworded } from './finding.ts'
export { isFingerprint, isSameFingerprint } from './fingerprint.ts'
export { fromElsewhere, identityFields, involvedFields, sourcesText } from './involved-fields.ts'
export { inspectOffline, type OfflineDeps } from './inspect-offline.ts'
export { findFingerprint } from './find-fingerprint.ts'
export { ocidType } from './ocid.ts'
export { isOfflineCode } from './offline-codes.ts'
export { prolong } from './profile-words.ts'
export { refreshSession, type RefreshOutcome } from './refresh-session.ts'
export { inspectRegion, lookUpRegion, type RegionField, type RegionLookUp } from './region.ts'
export { runCheck, type CheckDeps, type CheckOutcome } from './run-check.ts'
export { findExpiry, isTokenPadded } from './token-rules.ts'
