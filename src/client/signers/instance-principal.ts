/** `instance_principal`: only on a compute instance, which is where the metadata service answers. */
import type { OciProfileConfig } from '../../schemas/index.ts'
import { sharedPrincipal } from '../principals/index.ts'
import { NativeSigner } from '../signing/index.ts'
import type { SignerContext } from './signer-factory.ts'

export function instancePrincipalSigner(
  _profile: OciProfileConfig,
  { env, now }: SignerContext,
): NativeSigner {
  return new NativeSigner(sharedPrincipal('instance', env, now))
}
