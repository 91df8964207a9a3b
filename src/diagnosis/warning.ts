/** Doubts: they stop nothing. */
import { oneLine } from '../check/index.ts'
import type { ErrorCode } from '../errors.ts'
import type { EditableField, Finding } from '../schemas/index.ts'

export function warning(
  code: ErrorCode,
  field: EditableField,
  message: string,
  fix: string,
): Finding {
  return {
    code,
    severity: 'warning',
    field,
    line: null,
    message: oneLine(message),
    fix: oneLine(fix),
  }
}
