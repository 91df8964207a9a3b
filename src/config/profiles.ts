/** Sections → profiles: DEFAULT first, then the others in file order, each with what its reading showed. */
import { foldName, type Finding, type LoadedProfile } from '../schemas/index.ts'
import type { Overrides } from './environment.ts'
import { fileFinding, quoteName } from './file-finding.ts'
import { buildProfile, type Layer } from './profile.ts'
import { AUTHENTICATION_ALIAS, fieldOfKey } from './profile-keys.ts'
import type { Section } from './sections.ts'
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
  /** The section that is the profile DEFAULT in the end, and has what the environment says of it. */
  overridden: Section | undefined
}

export function buildProfiles(
  sections: readonly Section[],
  context: ProfilesContext,
): BuiltProfiles {
  const overridden = findOverridden(sections)
  const building: Building = { ...context, meantKeys: new Map(), overridden }
  const defaults = sections.find(({ isDefault }) => isDefault)
  const inherited = defaults ? [sectionLayer(defaults, context.file, false)] : []
  const loaded = buildDefaultProfile(defaults, building)
  for (const section of sections) {
    if (!section.isDefault) loaded.push(buildSectionProfile(section, inherited, building))
  }
  return { loaded, collisions: reportCollisions(loaded) }
}

/** Of sections that are one name when case is ignored the last one stays; `[DEFAULT]` itself counts as the first. */
function findOverridden(sections: readonly Section[]): Section | undefined {
  const wanted = foldName(DEFAULT_NAME)
  const other = sections.findLast(({ name, isDefault }) => !isDefault && foldName(name) === wanted)
  return other ?? sections.find((section) => section.isDefault && isProfile(section))
}

/** DEFAULT is a profile when it holds a key of its own. */
function isProfile({ entries }: Section): boolean {
  return entries.size > 0
}

/** There is one, too, when the environment says something of it and the file has no section for that. */
function buildDefaultProfile(section: Section | undefined, building: Building): LoadedProfile[] {
  if (section !== undefined && isProfile(section)) {
    return [buildSectionProfile(section, [], building)]
  }
  const { overrides, overridden, home } = building
  if (overrides.size === 0 || overridden !== undefined) return []
  const origin = { kind: 'environment' } as const
  const layers = [environmentLayer(overrides)]
  return [buildProfile({ name: DEFAULT_NAME, origin, layers, home })]
}

function buildSectionProfile(
  section: Section,
  inherited: readonly Layer[],
  { file, home, meantKeys, overridden, overrides }: Building,
): LoadedProfile {
  const { name, line } = section
  const own = sectionLayer(section, file, true)
  const layers =
    section === overridden ? [...inherited, own, environmentLayer(overrides)] : [...inherited, own]
  const built = buildProfile({ name, origin: { kind: 'file', file, line }, layers, home })
  const found = [...findUnknownKeys(section, meantKeys), ...findTwoTypes(section)]
  return { ...built, findings: section.faults.concat(found, built.findings) }
}

function environmentLayer(overrides: Overrides): Layer {
  const values: Layer['values'] = {}
  for (const [field, { value, variable }] of overrides) {
    const origin = { source: 'environment', file: null, line: null, variable } as const
    values[field] = { value, origin }
  }
  return { isOwn: true, values }
}

function sectionLayer({ entries }: Section, file: string, isOwn: boolean): Layer {
  const source = isOwn ? 'section' : 'DEFAULT'
  const values: Layer['values'] = {}
  for (const [key, { value, line }] of entries) {
    const field = fieldOfKey(key)
    if (field === null || isOverruled(key, entries)) continue
    // Frozen, since all profiles that inherit the value share its origin.
    values[field] = { value, origin: Object.freeze({ source, file, line }) }
  }
  return { isOwn, values }
}

/** Of the two spellings in one section, `authentication` counts, unless only the other one says something. */
function isOverruled(key: string, entries: Section['entries']): boolean {
  if (key === AUTHENTICATION_ALIAS) return Boolean(entries.get('authentication')?.value)
  if (key !== 'authentication') return false
  return entries.has(AUTHENTICATION_ALIAS) && !entries.get('authentication')!.value
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
  return `${quoteName(auth_profile)} (line ${origin.line})`
}
