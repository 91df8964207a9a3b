/** The diagnosis of a profile, asked for again whenever something about the profile has changed. */
import { useSignal, type ReadonlySignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { diagnoseProfile, readWithRetries, type Diagnosis } from '../service/index.ts'
import type { Row } from '../store/index.ts'

/** `null` until it is there. The last one stays while a new one is on its way. */
export function useDiagnosis(row: Row): ReadonlySignal<Diagnosis | null> {
  const diagnosis = useSignal<Diagnosis | null>(null)
  useEffect(
    () =>
      readWithRetries(
        () => diagnoseProfile(row.name),
        (found) => (diagnosis.value = found),
        // That of the profile as it was would contradict what is shown beside it.
        () => (diagnosis.value = null),
      ),
    [row.profile.value],
  )
  return diagnosis
}
