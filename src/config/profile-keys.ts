/** The keys of a section: which profile field each one sets, and which ones belong to other tools. */
import { EDITABLE_FIELDS, type EditableField } from '../schemas/index.ts'

/** Python's `ConfigParser.BOOLEAN_STATES`; matched in any case. */
export const BOOLEAN_WORDS: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['yes', true],
  ['true', true],
  ['on', true],
  ['0', false],
  ['no', false],
  ['false', false],
  ['off', false],
])

/** A second spelling of `authentication`, the one of Oracle's SDKs. */
export const AUTHENTICATION_ALIAS = 'authentication_type'

const FIELD_BY_KEY: ReadonlyMap<string, EditableField> = new Map<string, EditableField>([
  ...EDITABLE_FIELDS.map((field) => [field, field] as const),
  [AUTHENTICATION_ALIAS, 'authentication'],
])

export const PROFILE_KEYS: readonly string[] = [...FIELD_BY_KEY.keys()]

/** The profile field that a key sets, or `null` for a key that no profile has. */
export function fieldOfKey(key: string): EditableField | null {
  return FIELD_BY_KEY.get(key) ?? null
}

/** Keys that Oracle's SDKs and the OCI CLI read from the same file. */
const KEYS_OF_OTHER_TOOLS = new Set([
  'compartment-id',
  'default_profile',
  'delegation_token',
  'delegation_token_file',
  'endpoint',
  'namespace',
  'output',
  'query',
  'use_click_help',
])

export function isKeyOfOtherTool(key: string): boolean {
  return KEYS_OF_OTHER_TOOLS.has(key)
}

const COMMAND_PARAMETER = /^[a-z0-9]+(?:[.-][a-z0-9]+)+$/

/** A default for a parameter of OCI CLI commands, such as `os.bucket.list.limit`. */
export function isCommandParameter(key: string): boolean {
  return COMMAND_PARAMETER.test(key)
}
