/** Doubts about the files that a profile names: who may read the key, and on what its path depends. */
import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import type { Environment } from '../check/index.ts'
import { shellPath, type Finding, type OciProfileConfig } from '../schemas/index.ts'
import { warning } from './warning.ts'

/** Read by others, written by others, executable by anyone: the mask of the OCI CLI. */
const TOO_OPEN = 0o177
const RIGHTS = 0o777

/**
 * Of an ordinary file only: a folder without the right to enter it locks everything below it. None where the system knows
 * no such rights, and where the OCI CLI's own switch says so.
 */
export async function warnOfPermissions(
  { key_file }: OciProfileConfig,
  env: Environment,
  platform: NodeJS.Platform,
): Promise<Finding[]> {
  if (key_file === null || platform === 'win32') return []
  if (env['OCI_CLI_SUPPRESS_FILE_PERMISSIONS_WARNING'] === 'True') return []
  const facts = await factsOf(key_file)
  if (!facts?.isFile()) return []
  const mode = facts.mode & RIGHTS
  if ((mode & TOO_OPEN) === 0) return []
  const rights = mode.toString(8).padStart(4, '0')
  const what = mode & 0o77 ? 'others than its owner have rights on it' : 'it is executable'
  const message = `the key file ${key_file} has mode ${rights}: ${what}`
  const fix = `Run: chmod 600 ${shellPath(key_file)}`
  return [warning('KEY_FILE_PERMISSIONS', 'key_file', message, fix)]
}

/** None where there is no such file: then its path is at fault, which is told by the check. */
export async function warnOfRelativePaths(profile: OciProfileConfig): Promise<Finding[]> {
  const fields = ['key_file', 'security_token_file'] as const
  const found: Finding[] = []
  for (const field of fields) {
    const path = profile[field]
    if (path === null || isAbsolute(path) || (await factsOf(path)) === null) continue
    const message = `${field} is the relative path ${path}, so it depends on the working directory`
    found.push(warning('KEY_FILE_RELATIVE', field, message, `Write ${field} = ${resolve(path)}`))
  }
  return found
}

/** `null` where there is no such file. */
function factsOf(path: string): Promise<Stats | null> {
  return stat(path).catch(() => null)
}
