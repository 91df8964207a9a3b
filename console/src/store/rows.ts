/** The profiles as the page knows them: one row each with its own signals, so that a change redraws that row alone. */
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { CheckPoint, Profile, ProfileChecks } from '../service/index.ts'

export type State = 'works' | 'fails' | 'checking' | 'unchecked'

export interface Row {
  name: string
  profile: Signal<Profile>
  /** Counts the changes of its values, those that the service does not show as well. Checks are none. */
  changes: Signal<number>
  /** The last checks, oldest first. */
  points: Signal<readonly CheckPoint[]>
  /** Milliseconds since 1970; `null` for profiles without a session token. */
  tokenExpiresAt: Signal<number | null>
  /** True while a check that this page asked for is under way. */
  asked: Signal<boolean>
  state: ReadonlySignal<State>
  /** Lower case; what the filter looks in. */
  text: ReadonlySignal<string>
}

/** Of the last checks, as many as the service keeps. */
const MAX_POINTS = 20

/** In order of registration; `null` until they were read once. */
export const rows = signal<readonly Row[] | null>(null)

export function findRow(name: string): Row | undefined {
  const lower = name.toLowerCase()
  const known = rows.value ?? []
  return (
    known.find((row) => row.name === name) ?? known.find((row) => row.name.toLowerCase() === lower)
  )
}

/** Whose name is exactly this; without following the list. */
export function rowNamed(name: string): Row | undefined {
  return rows.peek()?.find((row) => row.name === name)
}

export function putAll(profiles: readonly Profile[], checks: readonly ProfileChecks[]): void {
  batch(() => {
    const before = new Map((rows.peek() ?? []).map((row) => [row.name, row]))
    const after = profiles.map((profile) => {
      const row = before.get(profile.auth_profile)
      if (row) putProfile(row, profile)
      return row ?? createRow(profile)
    })
    const isSame =
      after.length === before.size && after.every((row, index) => row === rows.peek()?.[index])
    if (rows.peek() === null || !isSame) rows.value = after
    putChecks(checks)
  })
}

/** Adds the profile, or changes it in its place. Before the first list, and after a sign-out, there is none to add it to. */
export function putOne(profile: Profile): void {
  const known = rows.peek()
  const row = rowNamed(profile.auth_profile)
  if (row) putProfile(row, profile)
  else if (known) rows.value = [...known, createRow(profile)]
}

/** Something was changed, be it that nothing of it can be seen here. */
export function noteChange(row: Row | undefined): void {
  if (row) row.changes.value += 1
}

export function dropOne(name: string): void {
  rows.value = rows.peek()?.filter((row) => row.name !== name) ?? null
}

export function putChecks(checks: readonly ProfileChecks[]): void {
  const known = new Map((rows.peek() ?? []).map((row) => [row.name, row]))
  batch(() => {
    for (const { auth_profile, token_expires_at, checks: points } of checks) {
      const row = known.get(auth_profile)
      if (!row) continue
      row.tokenExpiresAt.value = token_expires_at === null ? null : Date.parse(token_expires_at)
      const before = row.points.peek()
      // A check that ended meanwhile is newer than the answer.
      const isOlder = (points.at(-1)?.checked_at ?? '') < (before.at(-1)?.checked_at ?? '')
      if (!isOlder && JSON.stringify(points) !== JSON.stringify(before)) row.points.value = points
    }
  })
}

/** What a check found; older news than what is known is no news. */
export function putCheck(
  name: string,
  found: Pick<Profile, 'useable' | 'namespace' | 'check'>,
): Row | undefined {
  const row = rowNamed(name)
  if (!row) return undefined
  const { check } = found
  if ((check?.checked_at ?? '') < (row.profile.peek().check?.checked_at ?? '')) return row
  batch(() => {
    putProfile(row, { ...row.profile.peek(), ...found })
    addPoint(row)
  })
  return row
}

function putProfile(row: Row, profile: Profile): void {
  const before = row.profile.peek()
  if (JSON.stringify(profile) === JSON.stringify(before)) return
  row.profile.value = profile
  if (valuesOf(profile) !== valuesOf(before)) noteChange(row)
}

function valuesOf(profile: Profile): string {
  return JSON.stringify({ ...profile, useable: null, namespace: null, check: null })
}

function addPoint({ profile, points }: Row): void {
  const check = profile.peek().check
  if (check === null || check.status === 'pending' || check.checked_at === null) return
  const { status, code, checked_at, duration_ms } = check
  if (points.peek().some((point) => point.checked_at === checked_at)) return
  const point = { status, code, checked_at, duration_ms: duration_ms ?? 0 }
  points.value = [...points.peek(), point].slice(-MAX_POINTS)
}

function createRow(initial: Profile): Row {
  const profile = signal(initial)
  const asked = signal(false)
  const row: Row = {
    name: initial.auth_profile,
    profile,
    changes: signal(0),
    points: signal([]),
    tokenExpiresAt: signal(null),
    asked,
    state: computed(() => (asked.value ? 'checking' : stateOf(profile.value))),
    text: computed(() => textOf(profile.value)),
  }
  addPoint(row)
  return row
}

function stateOf({ useable, check }: Profile): State {
  if (check === null) return useable ? 'works' : 'unchecked'
  if (check.status === 'pending') return 'checking'
  return useable ? 'works' : 'fails'
}

function textOf(profile: Profile): string {
  const { auth_profile, authentication, tenancy, region, namespace, user, check } = profile
  const parts = [auth_profile, authentication, tenancy, region, namespace, user, stateOf(profile)]
  return [...parts, check?.code, check?.message].filter(Boolean).join('\n').toLowerCase()
}
