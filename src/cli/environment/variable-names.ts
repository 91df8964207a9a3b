/** Environment variables that name an identity, tool by tool. Which of them a profile fills is for others to say. */
import type { AuthType, VariableField } from '../../schemas/index.ts'

/** Where the OCI CLI finds a profile. */
export const OCI_CLI_PLACE = { file: 'OCI_CLI_CONFIG_FILE', profile: 'OCI_CLI_PROFILE' } as const

/**
 * The SDKs look at the first where there is no `~/.oci/config`. The second is no SDK's own, but read by the tools that
 * Oracle builds on them, and set in its Cloud Shell. The third counts for a profile without a region.
 */
export const SDK_PLACE = { file: 'OCI_CONFIG_FILE', profile: 'OCI_CONFIG_PROFILE' } as const
export const SDK_REGION = 'OCI_REGION'

/** Fields of a profile that each type of authentication uses; nothing else of a profile leaves it. */
export const USED_FIELDS = {
  api_key: ['user', 'tenancy', 'region', 'fingerprint', 'key_file', 'key_content', 'pass_phrase'],
  // The user is not needed, but one that DEFAULT gives would be taken for a part of another identity.
  security_token: [
    'user',
    'tenancy',
    'region',
    'fingerprint',
    'key_file',
    'key_content',
    'pass_phrase',
    'security_token_file',
  ],
  instance_principal: ['tenancy', 'region'],
  resource_principal: ['tenancy', 'region'],
  oke_workload_identity: ['tenancy', 'region'],
} as const satisfies Record<AuthType, readonly VariableField[]>

/** Arguments of Terraform's provider `oci` that name an identity, in the provider's order. */
export const TERRAFORM_ARGUMENTS = [
  'auth',
  'config_file_profile',
  'tenancy_ocid',
  'user_ocid',
  'fingerprint',
  'private_key',
  'private_key_path',
  'private_key_password',
  'region',
] as const

export type TerraformArgument = (typeof TERRAFORM_ARGUMENTS)[number]

/** The first is read by the provider, and by Terraform itself as an input variable; the second by its backend `oci`. */
export function terraformNames(argument: TerraformArgument): [string, string] {
  return [`TF_VAR_${argument}`, `OCI_${argument}`]
}

export const TERRAFORM_AUTH = {
  api_key: 'ApiKey',
  security_token: 'SecurityToken',
  instance_principal: 'InstancePrincipal',
  resource_principal: 'ResourcePrincipal',
  oke_workload_identity: 'OKEWorkloadIdentity',
} as const satisfies Record<AuthType, string>
