/** The port of `--port`, for commands that have no settings. */
import { OciProfilesError } from '../errors.ts'
import { SETTINGS } from '../settings/index.ts'

const { kind } = SETTINGS.port

/** `undefined` where none is given. Throws USAGE. */
export function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const reading = kind.readText(text)
  if ('value' in reading) return reading.value
  throw new OciProfilesError('USAGE', `--port ${reading.fault}`, {
    fix: 'Give a port, or 0 for any free one.',
  })
}
