/** What the config file says of its profiles, in a form that can be compared with what it said before. Pure. */
import {
  EDITABLE_FIELDS,
  foldName,
  type EditableField,
  type Finding,
  type LoadedProfile,
  type OciProfileConfig,
} from '../schemas/index.ts'
import { Secret } from '../secret.ts'

export interface FileReading {
  /** By folded name, in file order; of one name the last section counts. */
  profiles: ReadonlyMap<string, LoadedProfile>
  faults: readonly FileFault[]
}

/** A fault for which Python would refuse the file. */
export interface FileFault {
  finding: Finding
  /** Folded name of the profile in whose section it is; `null` where it is in none. */
  owner: string | null
}

interface ReadFile {
  loaded: readonly LoadedProfile[]
  diagnostics: readonly Finding[]
}

export function toFileReading({ loaded, diagnostics }: ReadFile): FileReading {
  const owners = new Map<Finding, string>()
  const profiles = new Map<string, LoadedProfile>()
  for (const each of loaded) {
    const key = foldName(each.profile.auth_profile)
    profiles.set(key, each)
    for (const finding of each.findings) owners.set(finding, key)
  }
  const faults = diagnostics
    .filter(({ severity }) => severity === 'error')
    .map((finding) => ({ finding, owner: owners.get(finding) ?? null }))
  return { profiles, faults }
}

/** Faults that there are more of than before, of one kind in one section: lines move, and say nothing. */
export function newFaults(before: FileReading, now: FileReading): FileFault[] {
  const known = Map.groupBy(before.faults, kindOf)
  const groups = Map.groupBy(now.faults, kindOf)
  return [...groups].flatMap(([kind, faults]) =>
    faults.length > (known.get(kind)?.length ?? 0) ? faults : [],
  )
}

function kindOf({ finding, owner }: FileFault): string {
  return `${finding.code} ${owner}`
}

/** The fields whose values differ. A name in another spelling is another name to those who read it. */
export function changedFields(
  before: Readonly<OciProfileConfig>,
  now: Readonly<OciProfileConfig>,
): (EditableField | 'auth_profile')[] {
  const fields = ['auth_profile', ...EDITABLE_FIELDS] as const
  return fields.filter((field) => !isSame(before[field], now[field]))
}

function isSame(a: unknown, b: unknown): boolean {
  return a instanceof Secret && b instanceof Secret ? a.equals(b) : a === b
}
