/** A file that is not where the profile says: why the path leads nowhere, and where a file of that name is. */
import { dirname, isAbsolute, join, normalize, resolve } from 'node:path'
import { homeFolder, type Environment, type PathField } from '../client/index.ts'
import type { Finding, OciProfileConfig } from '../schemas/index.ts'
import { findFingerprint } from './find-fingerprint.ts'
import { reworded } from './finding.ts'
import { isSameFingerprint } from './fingerprint.ts'
import { fixOfPastedText } from './pasted-text.ts'
import { findSimilarPath, isFile, type Likeness } from './similar-path.ts'
import { writingFault } from './writing-fault.ts'

/** Paths as they are written elsewhere, and what they are not here. Goes on after the fault. */
const FOREIGN: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^[A-Za-z]:[\\/]/, 'that is a path of Windows'],
  [/^(?:\$\{?[A-Za-z_]|%[A-Za-z_]+%)/, 'variables are not expanded in it'],
  [/^~[^/]/, "~ stands for one's own home only, in ~/..."],
]

/** The same fault with its cause and, where the file was found elsewhere, its path; `null` where nothing more is known. */
export async function explainLostFile(
  profile: OciProfileConfig,
  field: PathField,
  fault: Finding,
  env: Environment,
): Promise<Finding | null> {
  const path = profile[field] ?? ''
  if (field === 'key_file' && (await isFile(passPhrasePath(profile, env)))) {
    // The one that stands in key_file is the secret.
    return reworded(fault, {
      message: 'key_file names no file, and pass_phrase does: they look exchanged',
      fix: 'Exchange the values of key_file and pass_phrase.',
    })
  }
  const pasted = fixOfPastedText(profile, field, env)
  if (pasted !== null) return reworded(fault, { fix: pasted })
  const slip = writingFault(profile, field, path, { spaces: true })
  const cause = slip ? `${field} ${slip.what}` : foreignness(path)
  const found = await findElsewhere(profile, path, env)
  const similar =
    (found ?? slip)
      ? null
      : await findSimilarPath(path, (near, likeness) => isMeant(near, likeness, profile, field))
  const meant = found ?? similar
  if (cause === null && meant === null) return null
  const place = meant && shortened(meant, homeFolder(env))
  const what = similar === null ? 'a file of that name' : 'a file of nearly that name'
  const where = place === null || slip ? null : `${what} is at ${place}`
  const more = [cause, where].filter((part) => part !== null).join('; ')
  const write = place === null ? null : `Write ${field} = ${place}`
  const fix = [slip?.fix, write].filter((part) => part != null).join(' ')
  return reworded(fault, { message: `${fault.message}: ${more}`, ...(fix !== '' && { fix }) })
}

/** What stands as the pass phrase, taken for a path. */
function passPhrasePath({ pass_phrase }: OciProfileConfig, env: Environment): string {
  const text = pass_phrase?.reveal() ?? ''
  return text.includes('/') ? text.replace(/^~(?=\/)/, homeFolder(env)) : ''
}

/** By its fingerprint, where the profile names one; else only what differs in nothing but case may be meant. */
async function isMeant(
  path: string,
  likeness: Likeness,
  { fingerprint, pass_phrase }: OciProfileConfig,
  field: PathField,
): Promise<boolean> {
  if (field !== 'key_file' || fingerprint === null) return likeness === 'case'
  const actual = await findFingerprint({ key_file: path, key_content: null, pass_phrase })
  if (actual === null) return likeness === 'case'
  return isSameFingerprint(actual, fingerprint)
}

/** With `~` where it can be: the folder of a home is often mounted under another name. */
function shortened(path: string, home: string): string {
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
}

function foreignness(path: string): string | null {
  if (process.platform !== 'win32') {
    const known = FOREIGN.find(([pattern]) => pattern.test(path))
    if (known) return known[1]
  }
  return isAbsolute(path)
    ? null
    : `a relative path counts from the working directory, ${resolve('.')}`
}

async function findElsewhere(
  profile: OciProfileConfig,
  path: string,
  env: Environment,
): Promise<string | null> {
  for (const candidate of candidates(profile, path, env)) {
    if (candidate !== path && (await isFile(candidate))) return candidate
  }
  return null
}

/** The likeliest first. */
function candidates({ origin }: OciProfileConfig, path: string, env: Environment): string[] {
  const home = homeFolder(env)
  const bare = path.replace(/^["']+|["']+$/g, '').replace(/\s+[#;].*$/s, '')
  const parts = bare.split(/[\\/]+/).filter((part) => part !== '')
  const name = parts.at(-1)
  if (name === undefined) return []
  // Where a folder is missing, the system does not find its way back out of it.
  if (parts.some((part) => part === '.' || part === '..')) {
    return isAbsolute(bare) ? [normalize(bare)] : []
  }
  const folders = [...(origin.file ? [dirname(resolve(origin.file))] : []), join(home, '.oci')]
  const inOci = parts.slice(parts.lastIndexOf('.oci') + 1)
  const isUnexpanded = /^(?:~|\$\{?HOME\}?$|%USERPROFILE%$)/.test(parts[0] ?? '')
  return [
    ...(isAbsolute(bare) ? [bare] : []),
    ...(isUnexpanded ? [join(home, ...parts.slice(1))] : []),
    ...(parts.includes('.oci') ? folders.map((folder) => join(folder, ...inOci)) : []),
    ...(isAbsolute(bare) || isUnexpanded ? [] : folders.map((folder) => join(folder, ...parts))),
    ...folders.map((folder) => join(folder, name)),
  ]
}
