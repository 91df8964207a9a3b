/** A profile → the variables of the OCI CLI, of this program and of the SDKs. */
import { OCI_CLI_VARIABLES, type VariableField } from '../../schemas/index.ts'
import { resolve } from 'node:path'
import {
  authTypeOf,
  divide,
  isSensitive,
  usedFields,
  valueOf,
  type ChosenProfile,
  type ProfileVariables,
  type Value,
  type VariableOptions,
} from './profile-values.ts'
import { OCI_CLI_PLACE, SDK_PLACE, SDK_REGION } from './variable-names.ts'

const FIELDS = Object.keys(OCI_CLI_VARIABLES) as VariableField[]

/**
 * By name or as a whole, never some fields of it: `OCI_CLI_USER` without the key that belongs to it would make a mixed
 * identity of the DEFAULT that this program reads. Throws AUTHENTICATION_UNKNOWN and VALUE_INVALID.
 */
export function ociVariables(
  { profile, provenance }: ChosenProfile,
  { configFile, cwd, isWhole }: VariableOptions,
): ProfileVariables {
  const auth = authTypeOf(profile)
  const used = usedFields(profile)
  // Of a principal nothing is hidden.
  const isShownWhole = isWhole || !used.some(isSensitive)
  const isGiven = (field: VariableField) => provenance[field].source === 'environment'
  const isShown = (field: VariableField) => isShownWhole || (isGiven(field) && !isSensitive(field))
  const isTold = (field: VariableField) =>
    field === 'authentication'
      ? // The OCI CLI reads the type from no file, and takes api_key where nothing is said.
        auth !== 'api_key' || isShown(field)
      : used.includes(field) && isShown(field)

  const file = configFile === null ? null : resolve(cwd, configFile)
  const leftOut = used.filter((field) => !isShown(field))
  const kept = leftOut.filter(isGiven)
  const values: [string, Value][] = [
    [OCI_CLI_PLACE.file, file],
    [OCI_CLI_PLACE.profile, profile.auth_profile],
    ...FIELDS.filter((field) => !kept.includes(field)).map((field): [string, Value] => [
      OCI_CLI_VARIABLES[field],
      isTold(field) ? valueOf(profile, field, cwd) : null,
    ]),
    [SDK_PLACE.file, file],
    [SDK_PLACE.profile, profile.auth_profile],
    [SDK_REGION, valueOf(profile, 'region', cwd)],
  ]
  return { ...divide(values), leftOut, kept: kept.map((field) => OCI_CLI_VARIABLES[field]) }
}
