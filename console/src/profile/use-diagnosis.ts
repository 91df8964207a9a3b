/** The diagnosis of a profile, asked for again whenever something about the profile has changed. */
import { useSignal, type ReadonlySignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { diagnoseProfile, type Diagnosis } from '../service/index.ts'
import type { Row } from '../store/index.ts'

/** `null` until it is there. The last one stays while a new one is on its way. */
export function useDiagnosis(row: Row): ReadonlySignal<Diagnosis | null> {
  const diagnosis = useSignal<Diagnosis | null>(null)
  const profile = row.profile.value
  useEffect(() => {
    let isLate = false
    diagnoseProfile(row.name).then(
      (found) => {
        if (!isLate) diagnosis.value = found
      },
      () => {
        // The page goes on with the last check; the banner says that the service is gone.
      },
    )
    return () => {
      isLate = true
    }
  }, [profile])
  return diagnosis
}
