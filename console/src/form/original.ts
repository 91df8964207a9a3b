/** An existing profile as the form starts from it. */
import {
  diagnoseProfile,
  readProfile,
  SENSITIVE_FIELDS,
  type FieldName,
  type Profile,
} from '../service/index.ts'
import { draftOf, type Draft } from './draft.ts'

export interface Original {
  profile: Profile
  etag: string | null
  /** Sensitive fields that have a value. */
  present: ReadonlySet<FieldName>
}

export async function readOriginal(name: string): Promise<Original> {
  const [{ value: profile, etag }, { fields }] = await Promise.all([
    readProfile(name),
    diagnoseProfile(name),
  ])
  const present = new Set<FieldName>(
    SENSITIVE_FIELDS.filter((field) => fields[field]?.value != null),
  )
  return { profile, etag, present }
}

/** `null` is a new profile. */
export function draftOfOriginal(original: Original | null): Draft {
  return draftOf(original?.profile ?? null, original?.present.has('key_content') ?? false)
}

/** Names of the fields that differ, as far as that can be seen from outside. */
export function differingFields(one: Original, other: Original): string[] {
  const [before, now] = [draftOfOriginal(one).values, draftOfOriginal(other).values]
  return (Object.keys(before) as FieldName[]).filter(
    (field) => before[field] !== now[field] || one.present.has(field) !== other.present.has(field),
  )
}
