/** Profile → signer, made once per profile: clients of one profile share its parsed key. */
import { OciProfilesError } from '../errors.ts'
import { AUTH_TYPES, firstLine, isAuthType, type OciProfileConfig } from '../schemas/index.ts'
import { Secret } from '../secret.ts'
import type { SignerOptions } from './client-options.ts'
import { ownEnvironment } from './environment.ts'
import { SIGNERS, type SignerContext } from './signers/index.ts'
import type { NativeSigner, OciRequestSigner } from './signing/index.ts'

/** What a signer is made of. Other fields may change under it. */
const SIGNER_FIELDS = [
  'authentication',
  'user',
  'tenancy',
  'fingerprint',
  'key_content',
  'key_file',
  'pass_phrase',
  'security_token_file',
] as const satisfies readonly (keyof OciProfileConfig)[]

interface MadeSigner {
  /** The fields and the environment that it was made of. */
  ingredients: readonly unknown[]
  signer: NativeSigner
}

const made = new WeakMap<OciProfileConfig, MadeSigner>()

/**
 * The SDK's `RequestSigner` for a profile, proven to be able to sign now. Loads the SDK for an `instance_principal` only,
 * whose auth service is where the SDK's table of regions says.
 * Rejects with the `OciProfilesError` that says why it cannot: `KEY_*`, `PASS_PHRASE_*`, `TOKEN_*`, `NOT_ON_OCI`, ...
 */
export function getSigner(
  profile: OciProfileConfig,
  options: SignerOptions = {},
): Promise<OciRequestSigner> {
  return getNativeSigner(profile, options)
}

/** The same with all that this room's own transport needs of it. */
export async function getNativeSigner(
  profile: OciProfileConfig,
  { env = ownEnvironment(), now = Date.now, signal }: SignerOptions = {},
): Promise<NativeSigner> {
  const signer = signerOf(profile, { env, now })
  await signer.refresh(signal)
  return signer
}

function signerOf(profile: OciProfileConfig, context: SignerContext): NativeSigner {
  const ingredients = [...SIGNER_FIELDS.map((field) => profile[field]), context.env, context.now]
  const known = made.get(profile)
  if (known && sameIngredients(known.ingredients, ingredients)) return known.signer
  const signer = makeSigner(profile, context)
  made.set(profile, { ingredients, signer })
  return signer
}

function makeSigner(profile: OciProfileConfig, context: SignerContext): NativeSigner {
  const { authentication } = profile
  if (isAuthType(authentication)) return SIGNERS[authentication](profile, context)
  const message = `authentication is ${JSON.stringify(firstLine(authentication))}, which is none of ${AUTH_TYPES.join(', ')}`
  throw new OciProfilesError('AUTHENTICATION_UNKNOWN', message, { field: 'authentication' })
}

function sameIngredients(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.every((one, index) => {
    const other = b[index]
    return one === other || (one instanceof Secret && other instanceof Secret && one.equals(other))
  })
}
