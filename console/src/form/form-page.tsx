/** Create a profile, or change one. */
import { effect, useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { guardLeaving } from '../location.ts'
import { NoPage } from '../parts/index.ts'
import { readWithRetries } from '../service/index.ts'
import { apiKey, refusal } from '../session.ts'
import { connection, propose, reasonOf } from '../store/index.ts'
import { createForm, isProblem, type Form } from './create-form.ts'
import { readOriginal } from './original.ts'
import { ProfileForm } from './profile-form.tsx'

/** Forms that were left while they were being saved, or because the service asked for another key: each is there again. */
const kept = new Map<string | null, Form>()

guardLeaving((isFinal) => isFinal && [...kept.values()].some((form) => form.isDirty(true)))

// Not for whoever comes next.
effect(() => {
  if (apiKey.value === null && refusal.peek() === 'none') kept.clear()
})

/** `name` of the profile to change; `null` for a new one. */
export function FormPage({ name }: { name: string | null }) {
  const form = useSignal(useMemo(() => takeForm(name), []))
  const fault = useSignal<unknown>(null)
  const again = useSignal(0)
  const readAgain = () => {
    form.value = null
    again.value += 1
  }
  useEffect(() => {
    if (form.peek() !== null) return undefined
    return readWithRetries(
      () => readOriginal(name!),
      (original) => {
        fault.value = null
        form.value = createForm(original)
      },
      (error) => (fault.value = error),
    )
    // At once when somebody answers again.
  }, [connection.value, again.value])
  useEffect(() => {
    const here = location.hash
    return () => {
      // A form that was never there may not have taken it.
      propose(null)
      const left = form.peek()
      if (left === null) return
      // Nobody has gone elsewhere: the screen is only drawn anew.
      const isStay = location.hash === here
      const isOurs = apiKey.peek() !== null && (isStay || left.isSaving())
      if (isOurs || refusal.peek() === 'wrong') kept.set(name, left)
    }
  }, [])
  if (isProblem(fault.value, 'PROFILE_NOT_FOUND')) return <NoPage why="missing" name={name!} />
  if (fault.value !== null) return <p class="waiting">{reasonOf(fault.value)}</p>
  if (form.value === null) return <p class="waiting">Reading the profile …</p>
  return <ProfileForm form={form.value} onReadAgain={readAgain} />
}

function takeForm(name: string | null): Form | null {
  const form = kept.get(name)
  kept.delete(name)
  if (form?.isDirty(true)) return form
  return name === null ? createForm(null) : null
}
