/** What each file of this folder exports one of: the way from a profile of its type to a signer. */
import type { OciProfileConfig } from '../../schemas/index.ts'
import type { Environment } from '../environment.ts'
import type { NativeSigner } from '../signing/index.ts'

export interface SignerContext {
  env: Environment
  /** Milliseconds since 1970. */
  now: () => number
}

/** Reads nothing yet: `refresh` proves that the signer can sign. Throws for a profile that needs no look elsewhere. */
export type SignerFactory = (profile: OciProfileConfig, context: SignerContext) => NativeSigner
