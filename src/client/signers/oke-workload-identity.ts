/** `oke_workload_identity`: only in a pod of OKE, where Kubernetes leaves an address and a service account. */
import type { OciProfileConfig } from '../../schemas/index.ts'
import { sharedPrincipal } from '../principals/index.ts'
import { NativeSigner } from '../signing/index.ts'
import type { SignerContext } from './signer-factory.ts'

export function okeWorkloadIdentitySigner(
  _profile: OciProfileConfig,
  { env, now }: SignerContext,
): NativeSigner {
  return new NativeSigner(sharedPrincipal('workload', env, now))
}
