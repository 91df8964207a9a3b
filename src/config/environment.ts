/** The `OCI_CLI_*` variables that override fields of the DEFAULT profile. */
import { OCI_CLI_VARIABLES, type EditableField } from '../schemas/index.ts'

export interface Override {
  /** Empty where the variable rules the field out: of `key_file` and `key_content` one excludes the other. */
  value: string
  /** Name of the variable. */
  variable: string
}

export type Overrides = ReadonlyMap<EditableField, Override>

const VARIABLES = Object.entries(OCI_CLI_VARIABLES) as [EditableField, string][]

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
