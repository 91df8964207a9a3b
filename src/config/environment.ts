/** The `OCI_CLI_*` variables that override fields of the DEFAULT profile. */
import type { EditableField } from '../schemas/index.ts'

export interface Override {
  /** Empty where the variable rules the field out: of `key_file` and `key_content` one excludes the other. */
  value: string
  /** Name of the variable. */
  variable: string
}

export type Overrides = ReadonlyMap<EditableField, Override>

const VARIABLES = [
  ['user', 'OCI_CLI_USER'],
  ['tenancy', 'OCI_CLI_TENANCY'],
  ['region', 'OCI_CLI_REGION'],
  ['fingerprint', 'OCI_CLI_FINGERPRINT'],
  ['key_file', 'OCI_CLI_KEY_FILE'],
  ['key_content', 'OCI_CLI_KEY_CONTENT'],
  ['pass_phrase', 'OCI_CLI_PASSPHRASE'],
  ['security_token_file', 'OCI_CLI_SECURITY_TOKEN_FILE'],
  ['authentication', 'OCI_CLI_AUTH'],
] as const satisfies readonly (readonly [EditableField, string])[]

/** The variables that are set; an empty one counts as not set. */
export function readOverrides(env: NodeJS.ProcessEnv = process.env): Overrides {
  const overrides = new Map<EditableField, Override>()
  for (const [field, variable] of VARIABLES) {
    const value = env[variable]
    if (value) overrides.set(field, { value, variable })
  }
  ruleOutOtherKey(overrides, 'key_file', 'key_content')
  ruleOutOtherKey(overrides, 'key_content', 'key_file')
  return overrides
}

/** A key from the environment must not stand beside one from the file: the wrong one of the two might sign. */
function ruleOutOtherKey(
  overrides: Map<EditableField, Override>,
  given: EditableField,
  other: EditableField,
): void {
  const key = overrides.get(given)
  if (key?.value && !overrides.has(other)) overrides.set(other, { ...key, value: '' })
}
