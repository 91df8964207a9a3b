/** Create a profile, or change one. */
import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { NoPage } from '../parts/index.ts'
import { refusal } from '../session.ts'
import { connection, reasonOf } from '../store/index.ts'
import { createForm, isProblem, type Form } from './create-form.ts'
import { readOriginal } from './original.ts'
import { ProfileForm } from './profile-form.tsx'

/** What stood in the form when the service asked for another key: it is there again after the sign-in. */
let kept: { name: string | null; form: Form } | null = null

/** `name` of the profile to change; `null` for a new one. */
export function FormPage({ name }: { name: string | null }) {
  const form = useSignal(useMemo(() => takeForm(name), []))
  const fault = useSignal<unknown>(null)
  const read = () => {
    form.value = null
    fault.value = null
    readOriginal(name!).then(
      (original) => (form.value = createForm(original)),
      (error: unknown) => (fault.value = error),
    )
  }
  useEffect(() => {
    // Again when somebody answers again.
    if (form.peek() === null) read()
  }, [connection.value])
  useEffect(() => {
    return () => {
      const left = form.peek()
      kept = left !== null && refusal.peek() === 'wrong' ? { name, form: left } : null
    }
  }, [])
  if (isProblem(fault.value, 'PROFILE_NOT_FOUND')) return <NoPage why="missing" name={name!} />
  if (fault.value !== null) return <p class="waiting">{reasonOf(fault.value)}</p>
  if (form.value === null) return <p class="waiting">Reading the profile …</p>
  return <ProfileForm form={form.value} onReadAgain={read} />
}

function takeForm(name: string | null): Form | null {
  const form = kept?.name === name ? kept.form : null
  return form ?? (name === null ? createForm(null) : null)
}
