/** Key and token of a session, each where the other belongs, or one file for both. Reads the files. */
import { dirname, join } from 'node:path'
import { loadPrivateKey, loadSessionToken } from '../client/index.ts'
import { OciProfilesError } from '../errors.ts'
import type { Finding, OciProfileConfig } from '../schemas/index.ts'
import { reworded } from './finding.ts'

export interface FileFaults {
  keyFault: Finding | null
  tokenFault: Finding | null
}

/** Names that the OCI CLI gives the two files of a session, in the folder of the session. */
const NAMES = { key_file: 'oci_api_key.pem', security_token_file: 'token' } as const

/** The same faults, with a fix that says which file belongs where. */
export async function withExchange(
  profile: OciProfileConfig,
  { keyFault, tokenFault }: FileFaults,
): Promise<FileFaults> {
  // What an API key's profile names belongs to no session.
  if (profile.authentication !== 'security_token') return { keyFault, tokenFault }
  const keyIsToken = keyFault?.code === 'KEY_INVALID' && (await isToken(profile.key_file))
  const tokenIsKey =
    tokenFault?.code === 'TOKEN_INVALID' && (await isKey(profile.security_token_file))
  if (keyIsToken && tokenIsKey) {
    const fix = 'Exchange the values of key_file and security_token_file.'
    return { keyFault: reworded(keyFault, { fix }), tokenFault: reworded(tokenFault, { fix }) }
  }
  return {
    keyFault: keyIsToken ? await withNeighbour(keyFault, profile, 'key_file') : keyFault,
    tokenFault: tokenIsKey
      ? await withNeighbour(tokenFault, profile, 'security_token_file')
      : tokenFault,
  }
}

/** The file of its usual name in the folder of the one that is named. */
async function withNeighbour(
  fault: Finding,
  profile: OciProfileConfig,
  field: keyof typeof NAMES,
): Promise<Finding> {
  const paths = [profile[field], profile.key_file, profile.security_token_file]
  for (const path of paths.filter((each) => each !== null)) {
    const neighbour = join(dirname(path), NAMES[field])
    const isOne = field === 'key_file' ? isKey : isToken
    if (neighbour === profile[field] || !(await isOne(neighbour))) continue
    return reworded(fault, { fix: `Write ${field} = ${neighbour}` })
  }
  return fault
}

/** A token that has expired is one, too. */
function isToken(path: string | null): Promise<boolean> {
  return loads(() => loadSessionToken({ security_token_file: path }), /^TOKEN_EXPIRED$/)
}

function isKey(path: string | null): Promise<boolean> {
  const fields = { key_file: path, key_content: null, pass_phrase: null }
  return loads(() => loadPrivateKey(fields), /^(?:PASS_PHRASE|KEY_TOO_SHORT$|KEY_NOT_RSA$)/)
}

async function loads(load: () => Promise<unknown>, orCode: RegExp): Promise<boolean> {
  try {
    await load()
    return true
  } catch (error) {
    if (error instanceof OciProfilesError) return orCode.test(error.code)
    throw error
  }
}
