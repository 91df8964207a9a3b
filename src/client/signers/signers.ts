/** The total table: a new authentication type does not compile until it has a signer. */
import type { AuthType } from '../../schemas/index.ts'
import { apiKeySigner } from './api-key.ts'
import { instancePrincipalSigner } from './instance-principal.ts'
import { okeWorkloadIdentitySigner } from './oke-workload-identity.ts'
import { resourcePrincipalSigner } from './resource-principal.ts'
import { securityTokenSigner } from './security-token.ts'
import type { SignerFactory } from './signer-factory.ts'

export const SIGNERS: Record<AuthType, SignerFactory> = {
  api_key: apiKeySigner,
  instance_principal: instancePrincipalSigner,
  oke_workload_identity: okeWorkloadIdentitySigner,
  security_token: securityTokenSigner,
  resource_principal: resourcePrincipalSigner,
}
