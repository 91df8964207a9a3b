/**
 * Entity tags. Those of profiles name the configuration, not the last check: a check in the background must not make an
 * edit fail with "somebody else was first". Those of the settings name what is stored, so that any replica takes them.
 */
import { createHash, randomBytes } from 'node:crypto'
import { OciProfilesError } from '../errors.ts'
import type { Precondition, ProfileRecord } from '../registry/index.ts'
import type { StoredPrecondition, StoredSettings } from '../settings/index.ts'
import type { SettingView } from './ports.ts'

export interface EntityTags {
  of(record: ProfileRecord): string
  /** The condition of an If-Match header; none without one. */
  precondition(ifMatch: string | undefined): Precondition
}

export function createEntityTags(): EntityTags {
  // Revisions start anew with each process: tags of another one must never match.
  const run = randomBytes(6).toString('hex')
  const of = (record: ProfileRecord) => `"${run}-${record.revision}"`
  return {
    of,
    precondition(ifMatch) {
      const isNamed = readIfMatch(ifMatch)
      return (record) => {
        if (isNamed(of(record))) return
        const name = record.profile.auth_profile
        throw notTheVersion(`Profile "${name}" is`)
      }
    },
  }
}

/** The values are part of it: a database that was restored or made anew counts its versions once more. */
export function settingsTag({ version, values }: StoredSettings): string {
  return `"${version}-${digest(Object.entries(values))}"`
}

/** For as long as nothing was read from a database: it can match nothing that is stored. */
export function runningTag(view: Record<string, SettingView>): string {
  const values = Object.entries(view).filter(([, setting]) => setting.run_time)
  return `"running-${digest(values.map(([name, { value }]) => [name, value]))}"`
}

export function settingsPrecondition(ifMatch: string | undefined): StoredPrecondition {
  const isNamed = readIfMatch(ifMatch)
  return (before) => {
    if (!isNamed(settingsTag(before))) throw notTheVersion('The settings are')
  }
}

/** Whether a header names a tag; without one, and with `*`, every tag is named. */
function readIfMatch(ifMatch: string | undefined): (tag: string) => boolean {
  if (ifMatch === undefined || ifMatch.trim() === '*') return () => true
  const accepted = new Set(ifMatch.split(',').map((tag) => tag.trim()))
  return (tag) => accepted.has(tag)
}

function notTheVersion(subject: string): OciProfilesError {
  const fact = `${subject} not the version that If-Match names`
  return new OciProfilesError('PRECONDITION_FAILED', fact)
}

function digest(entries: [string, unknown][]): string {
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url').slice(0, 16)
}
