/** `instance_principal`: only on a compute instance, which is where the metadata service answers. */
import { OciProfilesError } from '../../errors.ts'
import type { OciProfileConfig } from '../../schemas/index.ts'
import type { NativeSigner } from '../signing/index.ts'
import { findMetadataService } from './metadata-service.ts'
import type { SignerContext } from './signer-factory.ts'

/** Rejects always: `NOT_ON_OCI` elsewhere than on an instance, `AUTHENTICATION_UNSUPPORTED` on one. */
export async function instancePrincipalSigner(
  _profile: OciProfileConfig,
  { env }: SignerContext,
): Promise<NativeSigner> {
  const { region } = await findMetadataService(env)
  throw new OciProfilesError(
    'AUTHENTICATION_UNSUPPORTED',
    `This is an instance in ${region}, but this version cannot sign as instance_principal yet`,
    { field: 'authentication' },
  )
}
