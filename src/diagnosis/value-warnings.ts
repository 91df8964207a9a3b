/** Doubts about values that work, or that a check does not touch. */
import {
  inspectRegion,
  isFingerprint,
  lookUpRegion,
  ocidType,
  type Environment,
} from '../check/index.ts'
import type { Finding, OciProfileConfig } from '../schemas/index.ts'
import { warning } from './warning.ts'

const REGION_FIELDS = ['region', 'genai_region'] as const

/** The table of regions is the SDK's, which is loaded for it. */
export async function warnOfUnknownRegions(
  profile: OciProfileConfig,
  env: Environment,
): Promise<Finding[]> {
  const found: Finding[] = []
  for (const field of REGION_FIELDS) {
    const place = await lookUpRegion(profile, field, env)
    if (place?.regionId !== null) continue
    const { nearest } = place
    const what = `${field} ${profile[field]} is not a region that the SDK knows`
    const fix = `Check the spelling of ${field}; a new region goes into ~/.oci/regions-config.json or OCI_REGION_METADATA.`
    found.push(
      nearest === null
        ? warning('REGION_UNKNOWN', field, what, fix)
        : warning(
            'REGION_UNKNOWN',
            field,
            `${what}: did you mean ${nearest}?`,
            `Write ${field} = ${nearest}. If it is a new region, add it to ~/.oci/regions-config.json.`,
          ),
    )
  }
  return found
}

/** OCI's own tools are stricter about the spelling than OCI. */
export function warnOfUpperCase({ fingerprint, authentication }: OciProfileConfig): Finding[] {
  if (authentication !== 'api_key' || fingerprint === null) return []
  const lower = fingerprint.toLowerCase()
  if (lower === fingerprint || !isFingerprint(fingerprint)) return []
  return [
    warning(
      'FINGERPRINT_INVALID',
      'fingerprint',
      'fingerprint is in upper case, which the OCI CLI and the Python SDK refuse',
      `Write fingerprint = ${lower}`,
    ),
  ]
}

/** The GenAI fields play no part in the check, so what is wrong with them is a doubt and no fault. */
export async function warnOfGenai(profile: OciProfileConfig, env: Environment): Promise<Finding[]> {
  const region = await inspectRegion(profile, 'genai_region', env)
  const compartment = warnOfCompartment(profile)
  return [region, compartment]
    .filter((finding) => finding !== null)
    .map((finding) => ({ ...finding, severity: 'warning' }))
}

function warnOfCompartment({ genai_compartment_id }: OciProfileConfig): Finding | null {
  if (genai_compartment_id === null) return null
  const type = ocidType(genai_compartment_id)
  // The root compartment has the tenancy's OCID.
  if (type === 'compartment' || type === 'tenancy') return null
  const what =
    type === null ? 'is not an OCID' : `holds the OCID of something else: ${type.slice(0, 40)}`
  return warning(
    'OCID_INVALID',
    'genai_compartment_id',
    `genai_compartment_id ${what}`,
    'Copy the OCID of the compartment from the OCI Console (Identity & Security > Compartments).',
  )
}
