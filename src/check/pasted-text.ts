/** What to do where a field for a path holds the key, the token, or other text: by what gave it. Pure. */
import { findNoPath, type Environment, type PathField } from '../client/index.ts'
import { OCI_CLI_VARIABLES, type OciProfileConfig } from '../schemas/index.ts'
import { writingFault } from './writing-fault.ts'

/** `null` where the field may hold a path. */
export function fixOfPastedText(
  profile: OciProfileConfig,
  field: PathField,
  env: Environment,
): string | null {
  const value = profile[field] ?? ''
  const noPath = findNoPath(value)
  if (noPath === null) return null
  const variable = isFromEnvironment(profile, field, env) ? OCI_CLI_VARIABLES[field] : null
  if (noPath.kind === 'lines' && variable === null) {
    return writingFault(profile, field, value)?.fix ?? null
  }
  const holder = field === 'key_file' ? 'key' : 'token'
  if (noPath.kind !== 'key' || holder !== 'key') {
    const name = variable === null ? `write its path as ${field}` : `set ${variable} to its path`
    return `Put the ${holder} into a file of its own, and ${name}.`
  }
  return fixOfPastedKey(profile, variable)
}

function fixOfPastedKey({ origin }: OciProfileConfig, variable: string | null): string {
  if (variable !== null) {
    return `Set OCI_CLI_KEY_CONTENT to the key and unset ${variable}, or set ${variable} to the path of a file that holds the key.`
  }
  if (origin.kind === 'api')
    return 'Send the key as key_content, or the path of its file as key_file.'
  return 'Put the key into a file of its own and write its path as key_file, or write key_content in place of key_file.'
}

/** Variables set fields of DEFAULT only. */
function isFromEnvironment(
  { auth_profile, origin, ...profile }: OciProfileConfig,
  field: PathField,
  env: Environment,
): boolean {
  if (origin.kind === 'api' || auth_profile !== 'DEFAULT') return false
  return env[OCI_CLI_VARIABLES[field]] === profile[field]
}
