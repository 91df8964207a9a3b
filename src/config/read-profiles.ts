/** The one file access of this room: finds, reads and parses the config file. */
import { OciProfilesError } from '../errors.ts'
import {
  firstLine,
  type Finding,
  type LoadedProfile,
  type OciProfileConfig,
} from '../schemas/index.ts'
import { traced } from '../trace.ts'
import { decodeConfigFile, type DecodedFile } from './decode.ts'
import { readOverrides } from './environment.ts'
import { escapeControls, fileFinding } from './file-finding.ts'
import {
  findConfigFilePlace,
  homeFolder,
  type ConfigFilePlace,
  type LocateOptions,
} from './locate.ts'
import { buildProfiles } from './profiles.ts'
import { readBytes } from './read-bytes.ts'
import { parseSections, type ParsedSections } from './sections.ts'

export interface ParsedConfigFile {
  /** Path that was read, or looked for. */
  file: string
  exists: boolean
  /** DEFAULT first, when it is a profile, then the sections in file order. */
  profiles: OciProfileConfig[]
  /** The same profiles, each with its provenance and its findings. */
  loaded: LoadedProfile[]
  /** Faults of the file: an error for each one for which Python refuses it. Findings on fields are in `loaded`. */
  diagnostics: Finding[]
}

/**
 * Reads all profiles of the OCI config file; a string is its path. A file that is not there gives no profiles but the
 * one that the environment may define. Rejects with CONFIG_FILE_UNREADABLE when it is there and cannot be read.
 */
export async function parseOciConfigFile(
  options: string | LocateOptions = {},
): Promise<ParsedConfigFile> {
  const given = typeof options === 'string' ? { configFile: options } : options
  const place = findConfigFilePlace(given)
  const attributes = { 'oci_profiles.config.file': place.file }
  return traced('read config file', { attributes }, async (step) => {
    const parsed = await parseFileAt(place, given)
    const { loaded, diagnostics } = parsed
    step.set({ 'oci_profiles.config.profiles': loaded.length })
    step.set({ 'oci_profiles.config.findings': diagnostics.length })
    return parsed
  })
}

async function parseFileAt(
  place: ConfigFilePlace,
  given: LocateOptions,
): Promise<ParsedConfigFile> {
  const decoded = await readIfThere(place.file)
  const parsed = decoded === null ? missingFile(place) : parseSections(decoded.text, decoded.faults)
  const { loaded, collisions } = buildProfiles(parsed.sections, {
    file: place.file,
    home: given.home ?? homeFolder(given.env),
    overrides: readOverrides(given.env),
  })
  return {
    file: place.file,
    exists: decoded !== null,
    profiles: loaded.map(({ profile }) => profile),
    loaded,
    diagnostics: [...parsed.diagnostics, ...collisions],
  }
}

function missingFile({ file, namedBy }: ConfigFilePlace): ParsedSections {
  const choice = namedBy === 'default' ? 'the default place' : `named by ${namedBy}`
  const message = `There is no config file at ${shownPath(file)} (${choice})`
  return { sections: [], diagnostics: [fileFinding('CONFIG_FILE_NOT_FOUND', 'info', message)] }
}

/** Where the text of a config file stands in place of its path, most of it is not to be shown. */
function shownPath(file: string): string {
  return escapeControls(firstLine(file))
}

/** `null` when no file of that name exists. */
async function readIfThere(file: string): Promise<DecodedFile | null> {
  try {
    return decodeConfigFile(await readBytes(file))
  } catch (cause) {
    const code = codeOf(cause)
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new OciProfilesError(
      'CONFIG_FILE_UNREADABLE',
      `${shownPath(file)} cannot be read: ${REASONS.get(code) ?? code}`,
      { field: 'config_file', cause, fix: FIXES.get(code) ?? fixByReason(code) },
    )
  }
}

/** The table's own fix is about rights. */
function fixByReason(code: string): string | undefined {
  const isForbidden = code === 'EACCES' || code === 'EPERM'
  return isForbidden ? undefined : 'Name an ordinary file, on a disk that answers.'
}

const FIXES: ReadonlyMap<string, string> = new Map([
  ['EISDIR', 'Name a file, not a folder.'],
  ['ENXIO', 'Name an ordinary file.'],
  ['TERMINAL', 'Name an ordinary file.'],
  ['PIPE', 'Name an ordinary file, or let the shell open the pipe: <(command).'],
  ['TOO_LARGE', 'Name an OCI config file.'],
  ['ERR_STRING_TOO_LONG', 'Name an OCI config file.'],
  ['ELOOP', 'Correct the links.'],
  ['ENAMETOOLONG', 'Name the file by its path, not by its text.'],
])

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'this user may not read it'],
  ['EPERM', 'this user may not read it'],
  ['EISDIR', 'it is a folder'],
  ['ELOOP', 'its symbolic links go in a circle'],
  ['ENAMETOOLONG', 'it is longer than any path'],
  ['ENXIO', 'it is a socket, or a device that is not there'],
  ['TERMINAL', 'it is a terminal'],
  ['PIPE', 'it is a pipe that may never end'],
  ['TOO_LARGE', 'it is larger than 64 MiB'],
  ['ERR_STRING_TOO_LONG', 'it is too large'],
])

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error'
}
