/** What a check concludes, before time and duration are written beside it. */
import { ERRORS, type ErrorCode } from '../errors.ts'
import type { Finding } from '../schemas/index.ts'
import { oneLine } from './finding.ts'

export interface Success {
  code: null
  namespace: string
  opc_request_id: string | null
}

export interface Failure {
  code: ErrorCode
  message: string
  fix: string
  opc_request_id: string | null
}

export type Verdict = Success | Failure

/** `fix` defaults to that of the table. */
export function failure(
  code: ErrorCode,
  message: string,
  fix: string = ERRORS[code].fix,
  opcRequestId: string | null = null,
): Failure {
  return { code, message: oneLine(message), fix: oneLine(fix), opc_request_id: opcRequestId }
}

/** The first fault is the verdict; that there are more is said in its message. */
export function refuse([first, ...more]: readonly [Finding, ...Finding[]]): Failure {
  const fields = [...new Set(more.map(({ field }) => field))].join(', ')
  const count = more.length === 1 ? 'another fault' : `${more.length} more faults`
  const also = more.length > 0 ? ` (and ${count}: ${fields})` : ''
  return failure(first.code as ErrorCode, `${first.message}${also}`, first.fix)
}
