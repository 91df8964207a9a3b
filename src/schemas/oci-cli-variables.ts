/** Environment variables that the OCI CLI reads in place of a key of the config file, and this package as a part of DEFAULT. */
import type { EditableField } from './profile.ts'

export const OCI_CLI_VARIABLES = {
  authentication: 'OCI_CLI_AUTH',
  user: 'OCI_CLI_USER',
  tenancy: 'OCI_CLI_TENANCY',
  region: 'OCI_CLI_REGION',
  fingerprint: 'OCI_CLI_FINGERPRINT',
  key_file: 'OCI_CLI_KEY_FILE',
  key_content: 'OCI_CLI_KEY_CONTENT',
  pass_phrase: 'OCI_CLI_PASSPHRASE',
  security_token_file: 'OCI_CLI_SECURITY_TOKEN_FILE',
} as const satisfies Partial<Record<EditableField, string>>

export type VariableField = keyof typeof OCI_CLI_VARIABLES
