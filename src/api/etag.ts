/**
 * Entity tags of profiles. They name the configuration, not the last check: a check in the background must not make
 * an edit fail with "somebody else was first".
 */
import { randomBytes } from 'node:crypto'
import { OciProfilesError } from '../errors.ts'
import type { Precondition, ProfileRecord } from '../registry/index.ts'

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
      if (ifMatch === undefined || ifMatch.trim() === '*') return () => {}
      const accepted = new Set(ifMatch.split(',').map((tag) => tag.trim()))
      return (record) => {
        if (accepted.has(of(record))) return
        const name = record.profile.auth_profile
        throw new OciProfilesError(
          'PRECONDITION_FAILED',
          `Profile "${name}" is not the version that If-Match names`,
        )
      }
    },
  }
}
