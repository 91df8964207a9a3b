/**
 * Faults that variables of the environment cause: whoever looks into the config file does not find them there. The
 * message names the variable, and the fix is about it and not about the file. Pure.
 */
import { endpointVariable, TRANSPORT_CODES, type Environment } from '../client/index.ts'
import {
  withoutSecrets,
  type Finding,
  type OciProfileConfig,
  type Provenance,
} from '../schemas/index.ts'
import { oneLine } from './finding.ts'
import {
  fromElsewhere,
  identityFields,
  involvedFields,
  sourcesText,
  type ElsewhereValue,
} from './involved-fields.ts'
import { KEPT_WORDS } from './writing-fault.ts'

/** True of files only. */
const KEPT_IN_FILE = `, ${KEPT_WORDS}`

type Fault = Pick<Finding, 'code' | 'message' | 'fix'> & Partial<Pick<Finding, 'field'>>

/** The same fault, and which of its values `OCI_CLI_*` variables give. */
export function withVariables<T extends Fault>(
  fault: T,
  profile: OciProfileConfig,
  provenance: Provenance | undefined,
): T {
  if (provenance === undefined || isAllOfTheEnvironment(fault, profile, provenance)) return fault
  const fields = involvedFields(fault, profile)
  // A tenancy is not known in regions that it does not subscribe to.
  const more = fault.code === 'NOT_AUTHENTICATED' ? (['region'] as const) : []
  const given = fromElsewhere([...fields, ...more], profile, provenance).filter(
    ({ variable }) => variable !== null && !`${fault.message} ${fault.fix}`.includes(variable),
  )
  if (fault.code === 'FIELD_MISSING' && profile.origin.kind === 'environment') {
    return withPhantom(fault, profile, provenance)
  }
  if (given.length === 0) return fault
  return {
    ...fault,
    message: oneLine(`${fault.message.replace(KEPT_IN_FILE, '')} (${sourcesText(given)})`),
    fix: oneLine(fixOf(fault, given, profile)),
  }
}

/** A profile that no file holds: who has forgotten the variable that makes it would look for it there in vain. */
function withPhantom<T extends Fault>(
  fault: T,
  { auth_profile }: OciProfileConfig,
  provenance: Provenance,
): T {
  const variables = Object.values(provenance).flatMap(({ variable }) => variable ?? [])
  const names = [...new Set(variables)].join(' and ')
  const message = `${fault.message}; no file has [${auth_profile}], it is there because of ${names}`
  return { ...fault, message, fix: `Unset ${names}, or name all of the identity. ${fault.fix}` }
}

/** An identity of one piece is refused as one of a section is. */
function isAllOfTheEnvironment(
  { code }: Fault,
  profile: OciProfileConfig,
  provenance: Provenance,
): boolean {
  const fields = identityFields(profile).filter((field) => profile[field] !== null)
  const isGiven = fields.every((field) => provenance[field].source === 'environment')
  return code === 'NOT_AUTHENTICATED' && isGiven
}

function fixOf(
  { code, field, fix }: Fault,
  given: readonly ElsewhereValue[],
  { auth_profile, origin, region }: OciProfileConfig,
): string {
  const names = [...new Set(given.map(({ variable }) => variable))].join(' and ')
  // To sign in anew would write over a section that has nothing to do with it.
  if (fix.includes('oci session authenticate') && given.some(isOfSession)) {
    return given.every((value) => value.field === 'authentication')
      ? `Unset ${names}, which makes a session of ${auth_profile}; else set OCI_CLI_SECURITY_TOKEN_FILE and OCI_CLI_KEY_FILE, too.`
      : `Unset ${names}, or sign in anew with the profile that the token is of: oci session authenticate --profile-name NAME`
  }
  if (code === 'NOT_AUTHENTICATED' && given.every((value) => value.field === 'region')) {
    return `Unset ${names}, unless the tenancy subscribes to ${region}. If it does: ${fix}`
  }
  if (code === 'NOT_AUTHENTICATED') {
    return `Unset ${names}, or let the environment name all of the identity. If it is meant so: ${fix}`
  }
  // Where the fault names no field, there may be no other one that it is about.
  const own = given.find((value) => value.field === (field ?? given[0]?.field))
  if (own?.variable == null || (own.field === 'authentication' && field !== 'authentication')) {
    return origin.kind === 'file' ? `Unset ${names}, unless it is meant: ${fix}` : fix
  }
  return withoutFile(
    aboutVariable(fix, own.field, own.variable),
    own.variable,
    origin.kind === 'file',
  )
}

function isOfSession({ field }: ElsewhereValue): boolean {
  return field !== 'region' && field !== 'tenancy' && field !== 'user'
}

/** `Write user = x` is for a file. */
function aboutVariable(fix: string, field: string, variable: string): string {
  const mention = new RegExp(
    `\\b(around|from|value of|comment of|Type|Correct|Write) ${field}\\b`,
    'g',
  )
  return fix
    .replaceAll(`Write ${field} = `, `Set ${variable} to `)
    .replaceAll(`write ${field} = `, `set ${variable} to `)
    .replaceAll(mention, `$1 ${variable}`)
}

/** To unset the variable is a way out where the config file has a section that may do without it. */
function withoutFile(fix: string, variable: string, mayUnset: boolean): string {
  const pattern = new RegExp(`^(?:Set|Correct) ${variable}( to |, or |; )(.*)$`, 's')
  const [, joint, rest] = pattern.exec(fix) ?? []
  if (joint === undefined) {
    return mayUnset ? `Unset ${variable}, or correct it: ${fix}` : `Correct ${variable}: ${fix}`
  }
  if (!mayUnset) return fix
  return `Unset ${variable}, or ${joint === ' to ' ? 'set it' : 'correct it'}${joint}${rest}`
}

const METADATA = 'OCI_METADATA_BASE_URL'

/** Of calls that came to nothing, or not to OCI. */
const PLACE_CODES: ReadonlySet<string> = new Set(TRANSPORT_CODES)

/** The same fault, and the variable that sends calls to the address that it is about. */
export function withEndpointVariable<T extends Fault>(fault: T, env: Environment): T {
  const isOfPlace = PLACE_CODES.has(fault.code) || isOfNobody(fault)
  const metadata = fault.code === 'NOT_ON_OCI' && env[METADATA] ? METADATA : null
  const variable = isOfPlace ? endpointVariable(fault.message, env) : metadata
  const told = withBundle(fault, env)
  if (variable === null) return told
  const message = `${fault.message}: ${variable} sends calls there`
  const fix = `Unset ${variable} to call OCI itself, or correct it. ${told.fix}`
  return { ...told, message, fix }
}

/** Whoever has named a bundle already is not to be told to name one. */
function withBundle<T extends Fault>(fault: T, env: Environment): T {
  const bundle = env['OCI_CLI_CERT_BUNDLE']
  if (fault.code !== 'TLS_UNTRUSTED' || !bundle || !fault.fix.includes('OCI_CLI_CERT_BUNDLE')) {
    return fault
  }
  const file = oneLine(withoutSecrets(bundle))
  const fix = `Add the CA that has signed it to ${file}, which OCI_CLI_CERT_BUNDLE names, or unset that variable.`
  return { ...fault, fix }
}

/** OCI numbers what it answers, its failures too. */
function isOfNobody({ code, message }: Fault): boolean {
  return code === 'SERVICE_ERROR' && message.includes('without an opc-request-id')
}
