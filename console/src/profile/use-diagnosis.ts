/** The diagnosis of a profile, asked for again whenever something about the profile has changed. */
import { useSignal, type ReadonlySignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { diagnoseProfile, type Diagnosis } from '../service/index.ts'
import type { Row } from '../store/index.ts'

const RETRY_MS = 2_000

/** `null` until it is there. The last one stays while a new one is on its way. */
export function useDiagnosis(row: Row): ReadonlySignal<Diagnosis | null> {
  const diagnosis = useSignal<Diagnosis | null>(null)
  const profile = row.profile.value
  useEffect(() => {
    let isLate = false
    let timer: ReturnType<typeof setTimeout>
    const read = () =>
      void diagnoseProfile(row.name).then(
        (found) => {
          if (!isLate) diagnosis.value = found
        },
        () => {
          if (isLate) return
          // That of the profile as it was would contradict what is shown beside it.
          diagnosis.value = null
          timer = setTimeout(read, RETRY_MS)
        },
      )
    read()
    return () => {
      isLate = true
      clearTimeout(timer)
    }
  }, [profile])
  return diagnosis
}
