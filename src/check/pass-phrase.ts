/** A pass phrase that does not open its key: what it was written with, if the key opens without that. Reads the key file. */
import { shellPath, type OciProfileConfig, type Provenance } from '../schemas/index.ts'
import { Secret } from '../secret.ts'
import { findFingerprint } from './find-fingerprint.ts'

interface Slip {
  /** The text without it. */
  pattern: RegExp
  fix: string
}

/** In the order in which they are tried; each try takes the key's own derivation. */
const SLIPS: readonly Slip[] = [
  {
    pattern: /^(["'])(?<bare>.*)\1$/s,
    fix: 'Remove the quotes around pass_phrase: the config file keeps them as part of it.',
  },
  {
    pattern: /^(?<bare>[^\r\n]*)[\r\n].*$/s,
    fix: 'Write pass_phrase on one line; a line that starts with white space belongs to the one above it.',
  },
  {
    pattern: /^(?<bare>.*?)\s[#;].*$/s,
    fix: 'Put the comment of pass_phrase on a line of its own, with # in front: the config file keeps it as part of the pass phrase.',
  },
]

/** `null` where the key is in no file and nothing is known. */
export async function fixOfPassPhrase(
  profile: OciProfileConfig,
  provenance?: Provenance,
): Promise<string | null> {
  const written = profile.pass_phrase?.reveal() ?? ''
  const isOfFile =
    profile.origin.kind === 'file' && provenance?.pass_phrase.source !== 'environment'
  const slips = isOfFile ? SLIPS : []
  const found = slips.flatMap(({ pattern, fix }) => {
    const bare = pattern.exec(written)?.groups?.['bare']?.trimEnd()
    return bare === undefined ? [] : [{ bare, fix }]
  })
  for (const { bare, fix } of found) {
    if (await opens({ ...profile, pass_phrase: new Secret(bare) })) return fix
  }
  // Where the key does not open without the slip either, that is not what is wrong.
  const path = profile.key_file
  return path === null
    ? null
    : `Correct pass_phrase; to try one, run: openssl pkey -noout -in ${shellPath(path)}`
}

async function opens(profile: OciProfileConfig): Promise<boolean> {
  return (await findFingerprint(profile)) !== null
}
