/** Sections → profiles: DEFAULT first, then the others in file order, each with what its reading showed. */
import { foldName, type Finding, type LoadedProfile } from '../schemas/index.ts'
import type { Override, Overrides } from './environment.ts'
import { fileFinding, quoteName } from './file-finding.ts'
import { buildProfile, type Layer, type Written } from './profile.ts'
import { AUTHENTICATION_ALIAS } from './profile-keys.ts'
import type { Entry, Section } from './sections.ts'
import { findUnknownKeys, type MeantKeys } from './unknown-keys.ts'

export interface ProfilesContext {
  /** Path of the config file, for provenance. */
  file: string
  /** Home folder for `~`. */
  home: string
  /** Fields of the DEFAULT profile that the environment sets; no other profile inherits them. */
  overrides: Overrides
}

export interface BuiltProfiles {
  loaded: LoadedProfile[]
  /** Names that are one name when case is ignored: the later profile has the finding too. */
  collisions: Finding[]
}

const DEFAULT_NAME = 'DEFAULT'

/** What the sections of one file have in common. */
interface Building extends ProfilesContext {
  meantKeys: MeantKeys
}

export function buildProfiles(
  sections: readonly Section[],
  context: ProfilesContext,
): BuiltProfiles {
  const building: Building = { ...context, meantKeys: new Map() }
  const defaults = sections.find(({ isDefault }) => isDefault)
  const inherited = defaults ? [sectionLayer(defaults, context.file, false)] : []
  const loaded = buildDefaultProfile(defaults, building)
  for (const section of sections) {
    if (section.isDefault) continue
    const layers = [sectionLayer(section, context.file, true), ...inherited]
    loaded.push(buildSectionProfile(section, layers, building))
  }
  return { loaded, collisions: reportCollisions(loaded) }
}

/** DEFAULT is a profile when it holds a key of its own, or when the environment gives it one. */
function buildDefaultProfile(section: Section | undefined, building: Building): LoadedProfile[] {
  const environment = environmentLayer(building.overrides)
  if (section !== undefined && section.entries.size > 0) {
    const layers = [environment, sectionLayer(section, building.file, true)]
    return [buildSectionProfile(section, layers, building)]
  }
  if (building.overrides.size === 0) return []
  const origin = { kind: 'environment' } as const
  const layers = [environment]
  return [buildProfile({ name: DEFAULT_NAME, origin, layers, home: building.home })]
}

function buildSectionProfile(
  section: Section,
  layers: readonly Layer[],
  { file, home, meantKeys }: Building,
): LoadedProfile {
  const { name, line } = section
  const built = buildProfile({ name, origin: { kind: 'file', file, line }, layers, home })
  const read = [...section.faults, ...findUnknownKeys(section, meantKeys), ...findTwoTypes(section)]
  return { ...built, findings: [...read, ...built.findings] }
}

function environmentLayer(overrides: Overrides): Layer {
  return {
    isOwn: true,
    get(field) {
      const override = overrides.get(field)
      return override && writtenIn(override)
    },
  }
}

function writtenIn({ value, variable }: Override): Written {
  return { value, origin: { source: 'environment', file: null, line: null, variable } }
}

function sectionLayer({ entries }: Section, file: string, isOwn: boolean): Layer {
  const source = isOwn ? 'section' : 'DEFAULT'
  return {
    isOwn,
    get(field) {
      const entry = field === 'authentication' ? authenticationEntry(entries) : entries.get(field)
      return entry && { value: entry.value, origin: { source, file, line: entry.line } }
    },
  }
}

/** Of the two spellings in one section, `authentication` counts, unless only the other one says something. */
function authenticationEntry(entries: Section['entries']): Entry | undefined {
  const entry = entries.get('authentication')
  return entry?.value ? entry : (entries.get(AUTHENTICATION_ALIAS) ?? entry)
}

function findTwoTypes({ entries }: Section): Finding[] {
  const counts = entries.get('authentication')
  const alias = entries.get(AUTHENTICATION_ALIAS)
  if (!counts?.value || !alias?.value || counts.value === alias.value) return []
  const message = `authentication (line ${counts.line}) and ${AUTHENTICATION_ALIAS} (line ${alias.line}) differ: authentication counts`
  const { line } = alias
  return [fileFinding('DUPLICATE_KEY', 'warning', message, { field: 'authentication', line })]
}

function reportCollisions(loaded: readonly LoadedProfile[]): Finding[] {
  const collisions: Finding[] = []
  const byName = new Map<string, LoadedProfile>()
  for (const later of loaded) {
    const key = foldName(later.profile.auth_profile)
    const earlier = byName.get(key)
    byName.set(key, later)
    if (earlier === undefined) continue
    const collision = nameCollision(earlier, later)
    later.findings.push(collision)
    collisions.push(collision)
  }
  return collisions
}

function nameCollision(earlier: LoadedProfile, later: LoadedProfile): Finding {
  const message = `${describe(later)} and ${describe(earlier)} are one name when case is ignored; the later section replaces the earlier one`
  return fileFinding('NAME_COLLISION', 'warning', message, {
    line: later.profile.origin.line ?? null,
  })
}

function describe({ profile: { auth_profile, origin } }: LoadedProfile): string {
  const place = origin.kind === 'environment' ? 'environment' : `line ${origin.line}`
  return `${quoteName(auth_profile)} (${place})`
}
