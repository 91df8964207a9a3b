/** Remedies for a key that does not load, made exact by what the profile says and what lies beside the key. */
import { access } from 'node:fs/promises'
import type { Environment } from '../client/index.ts'
import { type Finding, type OciProfileConfig, type Provenance } from '../schemas/index.ts'
import { reworded } from './finding.ts'
import { explainLostFile } from './lost-file.ts'
import { fixOfPassPhrase } from './pass-phrase.ts'
import { addTo, emptyLine, signIn } from './profile-words.ts'
import { fixUnreadable } from './unreadable-file.ts'

export interface KeyContext {
  env: Environment
  provenance?: Provenance
}

type Remedy = (
  profile: OciProfileConfig,
  path: string,
  context: KeyContext,
) => string | null | Promise<string | null>

/** By code; `null` where the finding's own fix says it better. */
const REMEDIES: Readonly<Record<string, Remedy>> = {
  KEY_FILE_UNREADABLE: (_profile, path) => fixUnreadable(path, 'key_file'),
  KEY_IS_PUBLIC: async (_profile, path) => {
    const half = privateHalfOf(path)
    return half !== null && (await exists(half)) ? `Write key_file = ${half}` : null
  },
  PASS_PHRASE_MISSING: (profile, _path, { provenance }) => {
    const field = 'pass_phrase'
    return `${addTo(profile, field, emptyLine(profile, field, provenance))}.`
  },
  PASS_PHRASE_WRONG: (profile, _path, { provenance }) => fixOfPassPhrase(profile, provenance),
}

/** The fault with the best fix that is known for it. */
export async function withKeyRemedy(
  profile: OciProfileConfig,
  fault: Finding,
  context: KeyContext,
): Promise<Finding> {
  const path = profile.key_file ?? ''
  if (fault.code === 'KEY_FILE_NOT_FOUND') {
    const found = (await explainLostFile(profile, 'key_file', fault, context.env)) ?? fault
    // The key of a session is made by signing in, and is good for nothing else.
    const isLost = found.fix === fault.fix && profile.authentication === 'security_token'
    return isLost ? reworded(found, { fix: signIn(profile) }) : found
  }
  const fix = await REMEDIES[fault.code]?.(profile, path, context)
  return fix ? reworded(fault, { fix }) : fault
}

/** The names that Oracle's tools and ssh-keygen give to the two halves. */
function privateHalfOf(path: string): string | null {
  const found = path.replace(/_public(?=\.pem$|$)/, '').replace(/\.pub$/, '')
  return found === path ? null : found
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
