/** A profile → the variables of Terraform: of its provider `oci`, of its backend `oci`, and its input variables. */
import type { VariableField } from '../../schemas/index.ts'
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
import {
  TERRAFORM_ARGUMENTS,
  TERRAFORM_AUTH,
  terraformNames,
  type TerraformArgument,
} from './variable-names.ts'

/** Throws AUTHENTICATION_UNKNOWN and VALUE_INVALID. */
export function terraformVariables(
  { profile }: ChosenProfile,
  { cwd, isWhole }: VariableOptions,
): ProfileVariables {
  const auth = authTypeOf(profile)
  const used = usedFields(profile).filter((field) => field !== 'user' || auth === 'api_key')
  const isNamed = isReadFromFile({ profile }, isWhole)
  const read = (field: VariableField): Value =>
    used.includes(field) && (isWhole || !isSensitive(field)) ? valueOf(profile, field, cwd) : null
  const given: Record<TerraformArgument, Value> = {
    auth: TERRAFORM_AUTH[auth],
    config_file_profile: isNamed ? profile.auth_profile : null,
    tenancy_ocid: read('tenancy'),
    user_ocid: read('user'),
    fingerprint: read('fingerprint'),
    private_key: read('key_content'),
    private_key_path: read('key_file'),
    private_key_password: read('pass_phrase'),
    region: read('region'),
  }
  const values = TERRAFORM_ARGUMENTS.map((argument) => {
    return terraformNames(argument).map((name): [string, Value] => [name, given[argument]])
  })
  const leftOut = isWhole ? [] : used.filter(isSensitive)
  return { ...divide(values.flat()), leftOut, kept: [] }
}

/** Whether Terraform has to find the profile in `~/.oci/config`, the only file that it looks at. */
export function isReadFromFile(
  { profile }: Pick<ChosenProfile, 'profile'>,
  isWhole: boolean,
): boolean {
  const auth = authTypeOf(profile)
  // A session is read there whatever else is given.
  return auth === 'security_token' || (auth === 'api_key' && !isWhole)
}
