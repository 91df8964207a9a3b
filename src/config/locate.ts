/** Where the config file is: the flag, else the environment, else `~/.oci/config`. Whether it is there, reading tells. */
import { homedir, userInfo } from 'node:os'
import { isAbsolute, resolve } from 'node:path'
import { expandTilde } from './expand-home.ts'

export interface LocateOptions {
  /** What `--config-file` says; empty counts as not given. */
  configFile?: string
  /** Who gave `configFile`, for the reader of a message; the option by default. */
  namedBy?: string
  env?: NodeJS.ProcessEnv
  /** Home folder for `~`; else `HOME`, else the one of the operating system. */
  home?: string
  /** Folder of relative paths; the process's by default. */
  cwd?: string
}

export interface ConfigFilePlace {
  file: string
  /** Who named it. */
  namedBy: string
}

const DEFAULT_FILE = '~/.oci/config'

/** An absolute path, good from any folder. */
export function locateConfigFile(options: LocateOptions = {}): string {
  return findConfigFilePlace(options).file
}

export function findConfigFilePlace(options: LocateOptions = {}): ConfigFilePlace {
  const { configFile, env = process.env, home = homeFolder(env) } = options
  const candidates = [
    { namedBy: options.namedBy ?? '--config-file', path: configFile },
    { namedBy: 'OCI_CLI_CONFIG_FILE', path: env['OCI_CLI_CONFIG_FILE'] },
    { namedBy: 'OCI_CONFIG_FILE', path: env['OCI_CONFIG_FILE'] },
  ]
  const named = candidates.find(({ path }) => path)
  const { namedBy, path = '' } = named ?? { namedBy: 'default', path: DEFAULT_FILE }
  return { namedBy, file: absolutePath(expandTilde(path, home), options.cwd) }
}

/** Dots are taken away at the beginning only: behind a symbolic link, `..` is for the file system to follow. */
function absolutePath(path: string, cwd?: string): string {
  if (isAbsolute(path)) return path
  const [dots = ''] = /^(?:\.{1,2}\/+)*/.exec(path) ?? []
  const folder = resolve(cwd ?? process.cwd(), dots)
  return `${folder.replace(/\/$/, '')}/${path.slice(dots.length)}`
}

export function homeFolder(env: NodeJS.ProcessEnv = process.env): string {
  // With an empty HOME, homedir() is empty too.
  return env['HOME'] || homedir() || userInfo().homedir
}

/** A path of a profile or a setting with its `~` expanded. */
export function expandHome(path: string, home: string = homeFolder()): string {
  return expandTilde(path, home)
}
