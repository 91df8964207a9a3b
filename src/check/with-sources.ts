/** A fault with the sources of its values, where these are not the profile's own section. Pure. */
import type { Finding, OciProfileConfig, Provenance } from '../schemas/index.ts'
import { withDefaults } from './from-default.ts'
import { withVariables } from './from-environment.ts'

type Fault = Pick<Finding, 'code' | 'message' | 'fix'> & Partial<Pick<Finding, 'field'>>

export function withSources<T extends Fault>(
  fault: T,
  profile: OciProfileConfig,
  provenance: Provenance | undefined,
): T {
  return withDefaults(withVariables(fault, profile, provenance), profile, provenance)
}
