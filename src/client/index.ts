/** Clients of Oracle's SDK and signers, made from profiles. The only room that knows the SDK, and it loads it late. */
export type { ClientClass } from './client-class.ts'
export type { ClientOptions, SignerOptions } from './client-options.ts'
export { explainClockSkew, type ClockReading } from './clock-skew.ts'
export { durationText } from './duration-text.ts'
export { homeFolder, ownEnvironment, type Environment } from './environment.ts'
export { getSigner } from './get-signer.ts'
export { initClient } from './init-client.ts'
export {
  keyFingerprint,
  loadKeyForm,
  loadPrivateKey,
  type KeyFields,
  type KeyForm,
  type KeyQuirk,
} from './keys/index.ts'
export { findNoPath, type NoPath } from './no-path.ts'
export { loadObjectStorageClient } from './object-storage.ts'
export {
  endpointVariable,
  nearestRegion,
  regionsIn,
  resolveEndpoint,
  resolveRegion,
  type EndpointRequest,
  type RegionPlace,
  type ServiceName,
} from './place/index.ts'
export type { PathField } from './read-named-file.ts'
export { refreshSession, type RefreshedSession } from './refresh-session.ts'
export { principalFiles } from './principal-files.ts'
export type { OciRequestSigner } from './signing/index.ts'
export {
  decodeJwt,
  loadSessionToken,
  tokenMatchesKey,
  type DecodedJwt,
  type SessionToken,
  type TokenClaims,
} from './tokens/index.ts'
export {
  closeConnections,
  TRANSPORT_CODES,
  TransportError,
  type Exchange,
  type TransportCode,
} from './transport/index.ts'
