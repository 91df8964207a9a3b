/** A profile in the words of a fix: where it is written, how its session is begun. Pure. */
import {
  OCI_CLI_VARIABLES,
  shellPath,
  shellWord,
  type EditableField,
  type OciProfileConfig,
  type Provenance,
  type VariableField,
} from '../schemas/index.ts'

/** Where a field of the profile is to be written. */
function placeOf({ auth_profile, origin }: OciProfileConfig): string {
  if (origin.kind === 'api') return `profile ${auth_profile}`
  return `section [${auth_profile}] of ${origin.file ?? 'the config file'}`
}

/** Line on which the profile's own section has the field with nothing behind it: a second one would be a fault of the file. */
export function emptyLine(
  profile: OciProfileConfig,
  field: EditableField,
  provenance?: Provenance,
): number | null {
  const origin = provenance?.[field]
  return profile[field] === null && origin?.source === 'section' ? origin.line : null
}

/** `line` is the one on which the field stands empty, `null` where it is not there. */
export function addTo(profile: OciProfileConfig, what: string, line: number | null): string {
  if (profile.origin.kind === 'environment') {
    const [field = '', value] = what.split(' = ')
    const variable = OCI_CLI_VARIABLES[field as VariableField]
    return value === undefined ? `Set ${variable}` : `Set ${variable} to ${value}`
  }
  if (line === null) return `Add ${what} to ${placeOf(profile)}`
  return `Write ${what} on line ${line} of ${profile.origin.file ?? 'the config file'}`
}

/** The command that begins a session anew. */
export function signIn({ auth_profile, region, origin }: OciProfileConfig): string {
  const where = region && /^[a-z0-9-]+$/.test(region) ? ` --region ${region}` : ''
  const file = unusualFile(origin)
  const into = file === null ? '' : ` --config-location ${shellPath(file)}`
  return `Run: oci session authenticate --profile-name ${shellWord(auth_profile)}${where}${into}`
}

/** The command that prolongs a session. */
export function prolong({ auth_profile, origin }: OciProfileConfig): string {
  const file = unusualFile(origin)
  const of = file === null ? '' : ` --config-file ${shellPath(file)}`
  return `Run: oci session refresh --profile ${shellWord(auth_profile)}${of}`
}

/** A config file that the OCI CLI does not find by itself, as far as its path shows. */
function unusualFile({ file }: OciProfileConfig['origin']): string | null {
  return file === undefined || /(?:^|[\\/])\.oci[\\/]config$/.test(file) ? null : file
}
