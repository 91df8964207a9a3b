/** What of a profile goes into variables, and how its values look there. Pure. */
import { resolve } from 'node:path'
import { OciProfilesError } from '../../errors.ts'
import {
  isAuthType,
  SENSITIVE_FIELDS,
  withoutSecrets,
  type AuthType,
  type LoadedProfile,
  type OciProfileConfig,
  type VariableField,
} from '../../schemas/index.ts'
import { Secret } from '../../secret.ts'
import { USED_FIELDS } from './variable-names.ts'

/** `null` for a variable that must not be there. */
export type Value = string | Secret | null

export type ChosenProfile = Pick<LoadedProfile, 'profile' | 'provenance'>

export interface VariableOptions {
  /** Path of the config file, or `null` where there is none and nobody named one. */
  configFile: string | null
  /** Folder that relative paths start from. */
  cwd: string
  /** Every field that is used, secrets too; else the profile is named and the tools read the file. */
  isWhole: boolean
}

export interface ProfileVariables {
  /** In the order in which they are printed. */
  set: ReadonlyMap<string, string | Secret>
  /** Variables of the same tools that this profile has no value for: what an earlier choice may have left. */
  unset: readonly string[]
  /** Fields that the profile has and `set` does not show. */
  leftOut: readonly VariableField[]
  /** Variables of the environment that give the profile some of those fields: they stay as they are. */
  kept: readonly string[]
}

/** Throws AUTHENTICATION_UNKNOWN. */
export function authTypeOf({ auth_profile, authentication }: OciProfileConfig): AuthType {
  if (isAuthType(authentication)) return authentication
  // What it is instead may be a secret that has got onto the wrong line.
  const message = `authentication of "${auth_profile}" is none of the known types`
  throw new OciProfilesError('AUTHENTICATION_UNKNOWN', message, { field: 'authentication' })
}

/** Fields that the profile has a value for, and its type a use. */
export function usedFields(profile: OciProfileConfig): VariableField[] {
  const fields: readonly VariableField[] = USED_FIELDS[authTypeOf(profile)]
  return fields.filter((field) => profile[field] !== null)
}

export function isSensitive(field: VariableField): boolean {
  return (SENSITIVE_FIELDS as readonly string[]).includes(field)
}

/** With paths made absolute. */
export function valueOf(profile: OciProfileConfig, field: VariableField, cwd: string): Value {
  const value = profile[field]
  const isPath = field === 'key_file' || field === 'security_token_file'
  return isPath && typeof value === 'string' ? resolve(cwd, value) : value
}

/** Throws VALUE_INVALID for what no variable can hold. */
export function divide(
  values: readonly (readonly [name: string, value: Value])[],
): Pick<ProfileVariables, 'set' | 'unset'> {
  const set = new Map<string, string | Secret>()
  const unset: string[] = []
  for (const [name, value] of values) {
    if (value === null) unset.push(name)
    else set.set(name, requireHoldable(name, value))
  }
  return { set, unset }
}

function requireHoldable<T extends string | Secret>(name: string, value: T): T {
  if (textOf(value).includes('\0')) {
    const message = `The value for ${name} holds a NUL character, which no environment variable can`
    throw new OciProfilesError('VALUE_INVALID', message)
  }
  if (typeof value === 'string' && withoutSecrets(value) !== value) throw holdsSecret(name, value)
  return value
}

function holdsSecret(name: string, value: string): OciProfilesError {
  const isRunTogether = /[\r\n]/.test(value)
  const what = isRunTogether
    ? 'goes on over an indented line that looks like a secret'
    : 'holds what looks like a key or a token'
  const fix = isRunTogether
    ? 'Write that line of the config file as a key of its own, without blanks before it.'
    : 'Put the key or the token into a file of its own, and write into the profile what belongs there.'
  return new OciProfilesError('VALUE_INVALID', `The value for ${name} ${what}`, { fix })
}

export function textOf(value: string | Secret): string {
  return value instanceof Secret ? value.reveal() : value
}
