/** Create a profile, or change one. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { MissingProfile } from '../profile/index.ts'
import {
  diagnoseProfile,
  readProfile,
  SENSITIVE_FIELDS,
  ServiceProblem,
  type FieldName,
} from '../service/index.ts'
import { reasonOf } from '../store/index.ts'
import { draftOf } from './draft.ts'
import { ProfileForm } from './profile-form.tsx'
import type { Original } from './use-form.ts'

/** `name` of the profile to change; `null` for a new one. */
export function FormPage({ name }: { name: string | null }) {
  return name === null ? (
    <ProfileForm original={null} start={draftOf(null, false)} />
  ) : (
    <EditPage name={name} />
  )
}

function EditPage({ name }: { name: string }) {
  const original = useSignal<Original | null>(null)
  const fault = useSignal<unknown>(null)
  const attempt = useSignal(0)
  useEffect(() => {
    original.value = null
    readOriginal(name).then(
      (read) => (original.value = read),
      (error: unknown) => (fault.value = error),
    )
  }, [name, attempt.value])
  if (isMissing(fault.value)) return <MissingProfile name={name} />
  if (fault.value !== null) return <p class="waiting">{reasonOf(fault.value)}</p>
  if (original.value === null) return <p class="waiting">Reading the profile …</p>
  const { profile, present } = original.value
  return (
    <ProfileForm
      key={attempt.value}
      original={original.value}
      start={draftOf(profile, present.has('key_content'))}
      onReadAgain={() => (attempt.value += 1)}
    />
  )
}

function isMissing(fault: unknown): boolean {
  return fault instanceof ServiceProblem && fault.problem.code === 'PROFILE_NOT_FOUND'
}

async function readOriginal(name: string): Promise<Original> {
  const [{ value: profile, etag }, { fields }] = await Promise.all([
    readProfile(name),
    diagnoseProfile(name),
  ])
  const present = new Set<FieldName>(
    SENSITIVE_FIELDS.filter((field) => fields[field]?.value != null),
  )
  return { profile, etag, present }
}
