/** An error for people: what happened and what to do, one line each; where it came from only when asked for. */
import { OciProfilesError } from '../../errors.ts'
import { safeText } from './safe-text.ts'

const UNFORESEEN_FIX =
  'This is a fault of oci-profiles: run it again with --debug and report what it prints.'

/** Lines. With `debug` the stack follows. */
export function renderError(error: unknown, debug: boolean): string[] {
  const lines =
    error instanceof OciProfilesError
      ? [`error: ${error.code}: ${error.message}`, ...fixOf(error)]
      : [`error: INTERNAL_ERROR: ${messageOf(error)}`, `fix: ${UNFORESEEN_FIX}`]
  return [...lines.map(safeText), ...(debug ? stackOf(error) : [])]
}

function fixOf({ fix }: OciProfilesError): string[] {
  return fix === '' ? [] : [`fix: ${fix}`]
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** With the stacks of its causes. */
function stackOf(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const own = (error.stack ?? '').split('\n').slice(1)
  const lines = own.map((line) => safeText(line))
  if (error.cause === undefined) return lines
  return [...lines, safeText(`caused by: ${messageOf(error.cause)}`), ...stackOf(error.cause)]
}
