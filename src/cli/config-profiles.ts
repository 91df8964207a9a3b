/** The profiles of the config file for a command, with what is to be told about the file. */
import { OciProfilesError } from '../errors.ts'
import { ProfileRegistry, readOciProfiles, type ProfileRecord } from '../registry/index.ts'
import { foldName, nearestName, type Finding } from '../schemas/index.ts'
import type { Request } from './command.ts'
import { checkConcurrency } from './check-concurrency.ts'
import { renderDiagnostics, renderError, safeText } from './render/index.ts'

export interface ConfigProfiles {
  registry: ProfileRegistry
  /** Path of the config file; `null` where it is not there and nobody named it. */
  configFile: string | null
  /** Faults of the file, or that there is none: for stderr. */
  notes: string[]
  /** Whether Python refuses the file. */
  isRefused: boolean
}

export interface NamedProfiles {
  /** In the order of the names, each once; all profiles where none is named. */
  records: ProfileRecord[]
  /** One for each name that no profile has. */
  missing: OciProfilesError[]
}

/** Rejects with CONFIG_FILE_UNREADABLE when the file is there and cannot be read. */
export async function readConfigProfiles({
  flags,
  io,
  logger,
}: Pick<Request, 'flags' | 'io' | 'logger'>): Promise<ConfigProfiles> {
  const concurrency = checkConcurrency(io.env)
  const registry = new ProfileRegistry({ env: io.env, concurrency, logger })
  const { configFile } = flags
  const { file, exists, diagnostics } = await readOciProfiles({
    registry,
    configFile,
    env: io.env,
    cwd: io.cwd,
  })
  const notes = describe(file, diagnostics)
  const isEmpty = registry.records().length === 0
  if (isEmpty && notes.length === 0) notes.push(safeText(`There are no profiles in ${file}.`))
  const isNamed = configFile || io.env['OCI_CLI_CONFIG_FILE'] || io.env['OCI_CONFIG_FILE']
  const isRefused = diagnostics.some(({ severity }) => severity === 'error')
  return { registry, configFile: exists || isNamed ? file : null, notes, isRefused }
}

function describe(file: string, findings: readonly Finding[]): string[] {
  const missing = findings.find(({ code }) => code === 'CONFIG_FILE_NOT_FOUND')
  if (missing === undefined) return renderDiagnostics(file, findings)
  return [safeText(`${missing.message}. ${missing.fix}`)]
}

export function findProfiles(registry: ProfileRegistry, names: readonly string[]): NamedProfiles {
  if (names.length === 0) return { records: [...registry.records()], missing: [] }
  const asked = new Map(names.map((name) => [foldName(name), name]))
  const found: NamedProfiles = { records: [], missing: [] }
  for (const name of asked.values()) {
    if (registry.get(name)) found.records.push(registry.record(name))
    else found.missing.push(notFound(registry, name))
  }
  return found
}

/** The names that a command was given, by argument or by `--profile`; none where it was given none. */
export function namesOf({ names, flags }: Request): readonly string[] {
  return names.length === 0 && flags.profile ? [flags.profile] : names
}

function notFound(registry: ProfileRegistry, name: string): OciProfilesError {
  const known = registry.list().map(({ auth_profile }) => auth_profile)
  const meant = meantProfile(name, known)
  const other =
    known.length === 0
      ? 'Add it to the config file, or name another file with --config-file.'
      : 'Run "oci-profiles list" to see the known names.'
  const fix = meant === null ? other : `Did you mean "${meant}"?`
  return new OciProfilesError('PROFILE_NOT_FOUND', `There is no profile "${name}"`, { fix })
}

/** Sections of the AWS CLI are called "profile NAME": who writes so here, too, asks for NAME. */
function meantProfile(name: string, known: readonly string[]): string | null {
  const wanted = foldName(`profile ${name}`)
  return known.find((each) => foldName(each) === wanted) ?? nearestName(name, known)
}

export function missingNotes(missing: readonly OciProfilesError[]): string[] {
  return missing.flatMap((error) => renderError(error, false))
}
