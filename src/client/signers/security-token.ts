/** `security_token`: the session that `oci session authenticate` left in two files. */
import type { OciProfileConfig } from '../../schemas/index.ts'
import { fileStamp } from '../file-stamp.ts'
import { loadPrivateKey } from '../keys/index.ts'
import { NativeSigner } from '../signing/index.ts'
import { loadSessionToken } from '../tokens/index.ts'
import type { SignerContext } from './signer-factory.ts'
import { TokenSource } from './token-source.ts'

export function securityTokenSigner(
  profile: OciProfileConfig,
  { now }: SignerContext,
): NativeSigner {
  const { key_file, key_content, pass_phrase, security_token_file } = profile
  const files = [security_token_file, key_file].filter((path) => path !== null)
  const source = new TokenSource({
    stamp: async () => (await Promise.all(files.map(fileStamp))).join(' '),
    readToken: () => loadSessionToken({ security_token_file }, { now: now() }),
    readKey: () => loadPrivateKey({ key_file, key_content, pass_phrase }),
    origin: { field: 'security_token_file' },
    now,
  })
  return new NativeSigner(source)
}
