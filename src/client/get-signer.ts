/** Profile → signer, made once per profile: clients of one profile share its parsed key. */
import { OciProfilesError } from '../errors.ts'
import { AUTH_TYPES, isAuthType, type OciProfileConfig } from '../schemas/index.ts'
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
  signer: Promise<NativeSigner>
}

const made = new WeakMap<OciProfileConfig, MadeSigner>()

/**
 * The SDK's `RequestSigner` for a profile, proven to be able to sign now. Never loads the SDK.
 * Rejects with the `OciProfilesError` that says why it cannot: `KEY_*`, `PASS_PHRASE_*`, `TOKEN_*`, `NOT_ON_OCI`, ...
 */
export async function getSigner(
  profile: OciProfileConfig,
  options: SignerOptions = {},
): Promise<OciRequestSigner> {
  const { env = ownEnvironment(), now = Date.now } = options
  const ingredients = [...SIGNER_FIELDS.map((field) => profile[field]), env, now]
  const known = made.get(profile)
  if (known && sameIngredients(known.ingredients, ingredients)) {
    const signer = await known.signer
    await signer.refresh()
    return signer
  }
  const signer = makeSigner(profile, { env, now })
  made.set(profile, { ingredients, signer })
  try {
    return await signer
  } catch (error) {
    // A fault is looked into anew each time.
    if (made.get(profile)?.signer === signer) made.delete(profile)
    throw error
  }
}

async function makeSigner(
  profile: OciProfileConfig,
  context: SignerContext,
): Promise<NativeSigner> {
  const { authentication } = profile
  if (isAuthType(authentication)) return SIGNERS[authentication](profile, context)
  const message = `authentication is ${JSON.stringify(authentication)}, which is none of ${AUTH_TYPES.join(', ')}`
  throw new OciProfilesError('AUTHENTICATION_UNKNOWN', message, { field: 'authentication' })
}

function sameIngredients(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.every((one, index) => {
    const other = b[index]
    return one === other || (one instanceof Secret && other instanceof Secret && one.equals(other))
  })
}
