/** Start of the registry: parse the config file, register each profile, check each, all side by side. */
import { parseOciConfigFile } from '../config/index.ts'
import {
  SILENT_LOGGER,
  type Finding,
  type LoadedProfile,
  type Logger,
  type OciProfileConfig,
} from '../schemas/index.ts'
import { logDiagnostics } from './log-diagnostics.ts'
import { apiProvenance } from './profile-record.ts'
import { ProfileRegistry } from './profile-registry.ts'

export interface LoadOptions {
  /** Path of the config file; else the environment's, else `~/.oci/config`. */
  configFile?: string
  /** Who gave `configFile`, for the reader of a message; the option `--config-file` by default. */
  namedBy?: string
  env?: NodeJS.ProcessEnv
  /** Home folder for `~`. */
  home?: string
  /** Folder of relative paths; the process's by default. */
  cwd?: string
  /** Where to register; a new registry by default. */
  registry?: ProfileRegistry
  logger?: Logger
  signal?: AbortSignal
}

export interface LoadedProfiles {
  registry: ProfileRegistry
  /** Path that was read, or looked for. */
  file: string
  exists: boolean
  /** What the file says, in its order: what was registered, before any check. */
  loaded: readonly LoadedProfile[]
  /** Faults of the file as a whole and of its lines. */
  diagnostics: Finding[]
}

export interface LoadingProfiles extends LoadedProfiles {
  /** Resolves when every profile has been checked. */
  checked: Promise<void>
}

/** Registers a profile without a check; of one name (in any case) the last write wins. */
export function registerOciProfile(
  registry: ProfileRegistry,
  profile: OciProfileConfig | LoadedProfile,
): void {
  registry.register('provenance' in profile ? profile : withProvenance(profile))
}

function withProvenance(profile: OciProfileConfig): LoadedProfile {
  return { profile, provenance: apiProvenance(new Set(Object.keys(profile))), findings: [] }
}

/**
 * Reads, registers and checks all profiles of the config file. Rejects with CONFIG_FILE_UNREADABLE when the file is
 * there but cannot be read; a file that is absent gives no profiles, and a profile that does not work is a result.
 */
export async function loadOciProfiles(options: LoadOptions = {}): Promise<LoadedProfiles> {
  const { checked, ...loaded } = await startLoadingProfiles(options)
  await checked
  return loaded
}

/** The same, without waiting for the checks: their profiles are `pending` until they are done. */
export async function startLoadingProfiles(options: LoadOptions = {}): Promise<LoadingProfiles> {
  const loaded = await readOciProfiles(options)
  loaded.registry.markPending()
  return { ...loaded, checked: loaded.registry.checkAll(options.signal) }
}

/** Reads and registers all profiles of the config file and checks none. Rejects as `loadOciProfiles` does. */
export async function readOciProfiles(options: LoadOptions = {}): Promise<LoadedProfiles> {
  const { env, logger = SILENT_LOGGER, registry = new ProfileRegistry({ env, logger }) } = options
  const parsed = await parseOciConfigFile(options)
  for (const loaded of parsed.loaded) registerOciProfile(registry, loaded)
  const { file, exists, diagnostics } = parsed
  logDiagnostics(file, diagnostics, logger)
  return { registry, file, exists, loaded: parsed.loaded, diagnostics }
}
