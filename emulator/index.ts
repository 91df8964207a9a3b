/**
 * A local stand-in for Oracle Cloud Infrastructure, for demos and for tests.
 *
 *     const emulator = await startEmulator()
 *     emulator.addIdentity({ name: 'me', tenancy, user, publicKey, namespace: 'mytenancy' })
 *     emulator.setFault('me', { kind: 'status', status: 429, times: 2 })
 *     // … point a client at emulator.url …
 *     await emulator.close()
 *
 * It verifies what it serves: signature, date and body digest of every request, with code of its own. It imports nothing
 * of the package that it tests and nothing but Node, so that one mistake cannot confirm itself.
 *
 * How a request goes: door.ts (a port) → handle-request.ts (the flow) → access.ts (who, and is it true: by signature,
 * certificate or token) → faults.ts (what is to go wrong) → routes/ (what is answered) → answer.ts. A further service is
 * one more file in routes/ and one more row in its table.
 *
 * Services: Object Storage (namespace, buckets, small objects in memory), Identity (regions), Generative AI (chat), Secrets, the
 * refresh of session tokens; for principals, instance metadata, federation, and the token service of an OKE cluster. Keys
 * and certificates of principals are made when the first of them is added. State lives in memory and ends with the emulator.
 */
export { runEmulator, type RunEmulatorOptions, type RunningEmulator } from './command.ts'
export type { OkeOptions, OkeTokenService } from './cluster.ts'
export type { Fault } from './faults.ts'
export type { Identity, IdentityInput } from './identities.ts'
export type { RotationOptions } from './instances.ts'
export type { ResourceTokenInput } from './principal-tokens.ts'
export type {
  InstancePrincipal,
  Principal,
  PrincipalInput,
  PrincipalOf,
  ResourcePrincipal,
  ServiceAccount,
  WorkloadPrincipal,
} from './principals.ts'
export type { RequestEntry } from './request-log.ts'
export type { Service } from './service.ts'
export {
  writeSampleProfiles,
  type SampleOptions,
  type SampleProfile,
  type SampleSet,
  type WrittenSamples,
} from './sample-profiles.ts'
export type { ServiceAccountTokenInput } from './service-accounts.ts'
export type { SessionTokenInput } from './session-tokens.ts'
export { startEmulator, type Emulator, type EmulatorOptions } from './start-emulator.ts'
