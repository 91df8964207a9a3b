/** How many profiles a command checks at once. */
import { OciProfilesError } from '../errors.ts'
import { SETTINGS } from '../settings/index.ts'

const { env: VARIABLE, kind } = SETTINGS.check_concurrency

/** `undefined` leaves it to the registry. Throws SETTING_INVALID. */
export function checkConcurrency(env: Readonly<NodeJS.ProcessEnv>): (() => number) | undefined {
  const text = env[VARIABLE]
  if (!text) return undefined
  const reading = kind.readText(text)
  if ('value' in reading) return () => reading.value
  throw new OciProfilesError(
    'SETTING_INVALID',
    `check_concurrency from the environment variable ${VARIABLE} ${reading.fault}`,
    { field: 'check_concurrency' },
  )
}
