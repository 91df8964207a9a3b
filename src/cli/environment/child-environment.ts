/** The environment of a command that runs under a profile: nothing of another identity, everything of this one. */
import { authTypeOf, textOf, type ChosenProfile, type VariableOptions } from './profile-values.ts'
import { ociVariables } from './oci-variables.ts'
import { terraformVariables } from './terraform-variables.ts'
import { TERRAFORM_ARGUMENTS, terraformNames } from './variable-names.ts'

/** Of the machine and its network, not of an identity. */
const STAYING = new Set([
  'OCI_CLI_CERT_BUNDLE',
  'OCI_CLI_RC_FILE',
  'OCI_CLI_SUPPRESS_FILE_PERMISSIONS_WARNING',
])

/** Names that other tools read an identity, or a part of one, from; in upper case. */
const FOREIGN_NAMES = new Set([
  ...TERRAFORM_ARGUMENTS.flatMap(terraformNames).map((name) => name.toUpperCase()),
  // Terraform's provider: somebody else's token on top of one's own identity.
  ...['OBO_TOKEN', 'OBO_TOKEN_PATH', 'USE_OBO_TOKEN', 'BOAT_TENANCY_OCID'].flatMap((name) => [
    `TF_VAR_${name}`,
    `OCI_${name}`,
  ]),
  // Oracle's Ansible collection, and the Cloud Shell.
  'OCI_ANSIBLE_AUTH_TYPE',
  'OCI_TENANCY',
  'OCI_USER_FINGERPRINT',
  'OCI_USER_ID',
  'OCI_USER_KEY_FILE',
  'OCI_USER_KEY_PASS_PHRASE',
])

interface ChildEnvironment {
  env: Record<string, string>
  /** Names alone, for a log. */
  set: readonly string[]
  removed: readonly string[]
}

/** Throws AUTHENTICATION_UNKNOWN and VALUE_INVALID. */
export function childEnvironment(
  chosen: ChosenProfile,
  options: Omit<VariableOptions, 'isWhole'>,
  parent: Readonly<NodeJS.ProcessEnv>,
): ChildEnvironment {
  const whole = { ...options, isWhole: true }
  const given = new Map([
    ...terraformVariables(chosen, whole).set,
    ...ociVariables(chosen, whole).set,
  ])
  const isForeign = foreignNames(chosen)
  const env: Record<string, string> = {}
  const removed: string[] = []
  for (const [name, value] of Object.entries(parent)) {
    if (value === undefined) continue
    if (!isForeign(name)) env[name] = value
    else if (!given.has(name)) removed.push(name)
  }
  for (const [name, value] of given) env[name] = textOf(value)
  return { env, set: [...given.keys()], removed }
}

function foreignNames({ profile }: ChosenProfile): (name: string) => boolean {
  const auth = authTypeOf(profile)
  // In a pod, Oracle's Go SDK asks these for version and region.
  const needsPrincipal = auth === 'resource_principal' || auth === 'oke_workload_identity'
  return (name) => {
    const known = name.toUpperCase()
    if (STAYING.has(known)) return false
    if (known.startsWith('OCI_RESOURCE_PRINCIPAL_')) return !needsPrincipal
    return (
      known.startsWith('OCI_CLI_') || known.startsWith('OCI_CONFIG_') || FOREIGN_NAMES.has(known)
    )
  }
}
