/**
 * Makes the registry follow the config file. What the API made stays unless the file has a profile of that name now; what
 * the API changed or removed stays so until what the file says of it changes.
 */
import { PENDING_CHECK, type Finding, type LoadedProfile } from '../schemas/index.ts'
import { ERRORS } from '../errors.ts'
import type { Difference, KeptProfile } from './compare-readings.ts'
import type { ProfileRegistry } from './profile-registry.ts'

/** Names of profiles, as the file spells them. */
export interface Reconciled {
  added: string[]
  changed: string[]
  removed: string[]
  /** What the file, as it is, does not give or gives otherwise, and what stays as it was because of a fault. */
  kept: string[]
}

/** Checks nothing: what is added or changed is `pending`. */
export function reconcile(registry: ProfileRegistry, difference: Difference): Reconciled {
  const { added, changed, same, removed, kept } = difference
  for (const loaded of same) relocate(registry, loaded)
  for (const each of kept) relocate(registry, withReason(each))
  const gone = removed.filter((loaded) => isOfFile(registry, loaded))
  for (const { profile } of gone) registry.remove(profile.auth_profile)
  // What the API had removed comes back when the file says something new of it, and is new to the registry then.
  const toRegister = [...changed, ...added]
  const isKnown = new Set(toRegister.filter(({ profile }) => registry.get(profile.auth_profile)))
  for (const loaded of toRegister) registry.register(pending(loaded))
  return {
    added: namesOf(toRegister.filter((loaded) => !isKnown.has(loaded))),
    changed: namesOf(toRegister.filter((loaded) => isKnown.has(loaded))),
    removed: namesOf(gone),
    kept: namesOf(kept.map(({ loaded }) => loaded).filter((loaded) => isOfFile(registry, loaded))),
  }
}

function relocate(registry: ProfileRegistry, loaded: LoadedProfile): void {
  if (isOfFile(registry, loaded)) registry.relocate(loaded)
}

/** Whether the profile of that name came from the file, and not from the API in its place. */
function isOfFile(registry: ProfileRegistry, { profile }: LoadedProfile): boolean {
  const current = registry.get(profile.auth_profile)
  return current !== undefined && current.origin.kind !== 'api'
}

function pending(loaded: LoadedProfile): LoadedProfile {
  return { ...loaded, profile: { ...loaded.profile, check: PENDING_CHECK } }
}

function withReason({ loaded, because }: KeptProfile): LoadedProfile {
  const finding: Finding = {
    code: 'LAST_GOOD_KEPT',
    severity: 'warning',
    field: null,
    line: because.line,
    message: `The profile is as it was before the config file was at fault: ${because.message}`,
    fix: ERRORS.LAST_GOOD_KEPT.fix,
  }
  return { ...loaded, findings: [...loaded.findings, finding] }
}

function namesOf(loaded: readonly LoadedProfile[]): string[] {
  return loaded.map(({ profile }) => profile.auth_profile)
}
