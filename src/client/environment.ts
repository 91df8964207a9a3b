/** The process's environment: the one place of this room that reads it. An empty variable counts as unset. */
import { homedir } from 'node:os'
import { OciProfilesError } from '../errors.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export function ownEnvironment(): Environment {
  return process.env
}

export function readVariable(env: Environment, name: string): string | null {
  return env[name] || null
}

/** The first of these variables that is set, with its name. */
export function firstVariable(
  env: Environment,
  names: readonly string[],
): { name: string; value: string } | null {
  for (const name of names) {
    const value = readVariable(env, name)
    if (value !== null) return { name, value }
  }
  return null
}

/** An http or https URL without user, query and fragment, no slash at its end. Throws `SETTING_INVALID` for anything else. */
export function readUrlVariable(env: Environment, name: string): string | null {
  const value = readVariable(env, name)
  if (value === null) return null
  const url = URL.canParse(value) ? new URL(value) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    throw invalidVariable(name, 'is not an http or https URL', 'such as http://127.0.0.1:8080')
  }
  return url.href.replace(/\/+$/, '')
}

export function invalidVariable(name: string, fault: string, example: string): OciProfilesError {
  return new OciProfilesError('SETTING_INVALID', `The environment variable ${name} ${fault}`, {
    field: name,
    fix: `Set ${name} to a value ${example}, or unset it.`,
  })
}

export function homeFolder(env: Environment): string {
  return readVariable(env, 'HOME') ?? readVariable(env, 'USERPROFILE') ?? homedir()
}
