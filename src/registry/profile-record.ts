/** One entry of the registry. Entries are never changed: every change makes a new one, so a reader's copy stays whole. */
import { isDeepStrictEqual } from 'node:util'
import type {
  EditableField,
  FieldOrigin,
  Finding,
  LoadedProfile,
  OciProfileConfig,
  Provenance,
} from '../schemas/index.ts'
import { EDITABLE_FIELDS } from '../schemas/index.ts'
import type { PastCheck } from './check-history.ts'

export interface ProfileRecord extends LoadedProfile {
  readonly profile: Readonly<OciProfileConfig>
  readonly provenance: Provenance
  readonly findings: Finding[]
  /** Changes with every change of configuration, never with a check: the ETag is made of it. */
  readonly revision: number
  /** Number of the check whose result the record shows; a later-started check never loses to an earlier one. */
  readonly checkNumber: number
  /** The last checks, the latest last; they outlive changes of the configuration. */
  readonly history: readonly PastCheck[]
  /** When the profile's session ends, or has ended, as the last check saw it: ISO 8601, UTC. */
  readonly tokenExpiresAt: string | null
}

const FROM_API: FieldOrigin = { source: 'api', file: null, line: null }
const FROM_DEFAULT: FieldOrigin = { source: 'default', file: null, line: null }

/** Provenance of a profile that came over the API: what was sent, and defaults for the rest. */
export function apiProvenance(sent: ReadonlySet<string>): Provenance {
  const origins = EDITABLE_FIELDS.map((field) => [field, sent.has(field) ? FROM_API : FROM_DEFAULT])
  return Object.fromEntries(origins) as Provenance
}

/** Provenance after a change over the API: the changed fields are the API's now, the others stay as they were. */
export function changedProvenance(
  before: Provenance,
  changed: Iterable<EditableField>,
): Provenance {
  const after = { ...before }
  for (const field of changed) after[field] = FROM_API
  return after
}

/**
 * The record as though its values, which are the same, had been read from elsewhere: other lines, other findings. What
 * the API has set keeps its origin. The record itself where nothing differs.
 */
export function readElsewhere(record: ProfileRecord, loaded: LoadedProfile): ProfileRecord {
  const { origin } = loaded.profile
  const provenance = { ...loaded.provenance }
  for (const field of EDITABLE_FIELDS) {
    if (record.provenance[field].source === 'api') provenance[field] = FROM_API
  }
  const isSame =
    isDeepStrictEqual(origin, record.profile.origin) &&
    isDeepStrictEqual(provenance, record.provenance) &&
    isDeepStrictEqual(loaded.findings, record.findings)
  if (isSame) return record
  const profile = Object.freeze({ ...record.profile, origin })
  return { ...record, profile, provenance, findings: loaded.findings }
}
