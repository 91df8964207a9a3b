/** Where the process stands: the outside facts that defaults depend on. The one place of this room that asks Node for them. */
import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'
import type { Secret } from '../secret.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface Place {
  /** The process's environment, completed by `.env`. */
  env: Environment
  cwd: string
  home: string
  platform: NodeJS.Platform
  /** The API key that counts unless one is set. */
  freshApiKey: Secret
}

/** For the command line, which hands it on to all that it calls. */
export function processEnvironment(): Environment {
  return process.env
}

/** A user without a home (an unlisted uid in a container) stops nothing that does not need one. */
export function findHome(): string {
  try {
    return homedir() || '/'
  } catch {
    return '/'
  }
}

/** An empty variable counts as unset. */
export function variable(env: Environment, name: string): string | undefined {
  return env[name] || undefined
}

/** The folder for this package's data, after the customs of the system. */
export function dataFolder({
  env,
  home,
  platform,
}: Pick<Place, 'env' | 'home' | 'platform'>): string {
  if (platform === 'win32') {
    const local = variable(env, 'LOCALAPPDATA') ?? win32.join(home, 'AppData', 'Local')
    return win32.join(local, 'oci-profiles')
  }
  if (platform === 'darwin') {
    return posix.join(home, 'Library', 'Application Support', 'oci-profiles')
  }
  const xdg = variable(env, 'XDG_DATA_HOME')
  const base = xdg?.startsWith('/') ? xdg : posix.join(home, '.local', 'share')
  return posix.join(base, 'oci-profiles')
}
