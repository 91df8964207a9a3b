/** `.env` of the working directory: completes the process's environment, changes nothing of it. */
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { OciProfilesError } from '../errors.ts'
import type { Environment } from './place.ts'
import { readTextFile } from './text-file.ts'

export interface LoadedEnvironment {
  /** The process's variables, and those of `.env` that the process does not have: an empty one counts as not set. */
  env: Environment
  /** Path of `.env`. */
  file: string
  /** The variables that `.env` gave. */
  fromFile: ReadonlySet<string>
}

/** The caller hands the merged environment on. Throws ENV_FILE_INVALID for a `.env` that is there but cannot be read. */
export async function loadEnvironment(cwd: string, env: Environment): Promise<LoadedEnvironment> {
  const file = join(cwd, '.env')
  const parsed = parseEnv((await readEnvFile(file)) ?? '')
  const missing = Object.entries(parsed).filter(([name]) => !env[name])
  return {
    env: Object.freeze({ ...env, ...Object.fromEntries(missing) }),
    file,
    fromFile: new Set(missing.map(([name]) => name)),
  }
}

/** `null` where there is none. A folder is none either: Python's virtual environments are often called so. */
async function readEnvFile(file: string): Promise<string | null> {
  const read = await readTextFile(file)
  if (read.state === 'text') return read.text
  if (read.state === 'unreadable') {
    throw new OciProfilesError('ENV_FILE_INVALID', `${file} ${read.fact}`)
  }
  return null
}
