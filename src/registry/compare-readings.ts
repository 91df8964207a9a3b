/**
 * What has to be done so that the profiles follow the file: what the file said when it was last in order, against what it
 * says now. What vanished or changed because of a fault stays as it was while the fault is there; the rest follows. Pure.
 */
import { foldName, type Finding, type LoadedProfile } from '../schemas/index.ts'
import { changedFields, newFaults, type FileFault, type FileReading } from './file-reading.ts'

export interface KeptProfile {
  /** What the file said when it was in order. */
  loaded: LoadedProfile
  /** The fault that keeps it. */
  because: Finding
}

export interface Difference {
  added: LoadedProfile[]
  changed: LoadedProfile[]
  /** The same values, perhaps on other lines. */
  same: LoadedProfile[]
  removed: LoadedProfile[]
  kept: KeptProfile[]
  /** What to compare the next reading with. */
  accepted: FileReading
}

export function compareReadings(before: FileReading, now: FileReading): Difference {
  const doubt = doubtsOf(before, now)
  const difference: Omit<Difference, 'accepted'> = {
    added: [],
    changed: [],
    same: [],
    removed: [],
    kept: [],
  }
  const accepted = new Map<string, LoadedProfile>()
  for (const [key, loaded] of now.profiles) {
    const known = before.profiles.get(key)
    const because = known && doubt.ofChange(known, loaded)
    if (known && because) difference.kept.push({ loaded: known, because })
    else if (!known) difference.added.push(loaded)
    else difference[isSame(known, loaded) ? 'same' : 'changed'].push(loaded)
    accepted.set(key, known && because ? known : loaded)
  }
  for (const [key, known] of before.profiles) {
    if (now.profiles.has(key)) continue
    if (doubt.ofRemoval === null) difference.removed.push(known)
    else difference.kept.push({ loaded: known, because: doubt.ofRemoval })
    if (doubt.ofRemoval !== null) accepted.set(key, known)
  }
  // A fault that changed nothing will not be the reason for what changes later.
  const { faults } = difference.kept.length > 0 ? before : now
  return { ...difference, accepted: { profiles: accepted, faults } }
}

interface Doubts {
  /** The fault that may hide sections, or `null`. */
  ofRemoval: Finding | null
  /** The fault that a change of values may come from, or `null`. */
  ofChange(known: LoadedProfile, loaded: LoadedProfile): Finding | null
}

function doubtsOf(before: FileReading, now: FileReading): Doubts {
  const faults = newFaults(before, now)
  // The first of several: the others often follow from it.
  const byOwner = new Map(faults.toReversed().map(({ owner, finding }) => [owner, finding]))
  // Any fault may be a header that is none any more: its section vanishes, and its lines fall to the one above.
  const ofRemoval = faults[0]?.finding ?? null
  const ofDefaults = faultOfDefaults(before, now, faults)
  return {
    ofRemoval,
    ofChange(known, loaded) {
      if (isSame(known, loaded)) return null
      const own = byOwner.get(foldName(loaded.profile.auth_profile))
      return own ?? (isInheritedChange(known, loaded) ? ofDefaults : null)
    },
  }
}

const DEFAULT_KEY = foldName('DEFAULT')

/** The fault that inherited values may have changed by: in DEFAULT, outside of all profiles, or where DEFAULT is gone. */
function faultOfDefaults(
  before: FileReading,
  now: FileReading,
  faults: readonly FileFault[],
): Finding | null {
  const isGone = before.profiles.has(DEFAULT_KEY) && !now.profiles.has(DEFAULT_KEY)
  const fault = faults.find(({ owner }) => isGone || owner === null || owner === DEFAULT_KEY)
  return fault?.finding ?? null
}

function isInheritedChange(known: LoadedProfile, loaded: LoadedProfile): boolean {
  return changedFields(known.profile, loaded.profile).some(
    (field) =>
      field !== 'auth_profile' &&
      [known, loaded].some(({ provenance }) => provenance[field].source === 'DEFAULT'),
  )
}

function isSame(known: LoadedProfile, loaded: LoadedProfile): boolean {
  return changedFields(known.profile, loaded.profile).length === 0
}
