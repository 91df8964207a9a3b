/** Findings of the check: always errors, always one line. The line number is added by who knows the provenance. */
import { ERRORS, OciProfilesError, type CheckCode } from '../errors.ts'
import { EDITABLE_FIELDS, type EditableField, type Finding } from '../schemas/index.ts'

// Values and paths may hold line feeds and other control characters; a message is one line whatever they hold.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g

export function oneLine(text: string): string {
  return text.replace(CONTROL, ' ')
}

/** `fix` defaults to that of the table. */
export function errorFinding(
  code: CheckCode,
  field: EditableField | null,
  message: string,
  fix: string = ERRORS[code].fix,
): Finding {
  return {
    code,
    severity: 'error',
    field,
    line: null,
    message: oneLine(message),
    fix: oneLine(fix),
  }
}

/** A deliberate error as a finding; anything else is no finding and is thrown on. */
export function findingOf(error: unknown, field: EditableField): Finding {
  if (!(error instanceof OciProfilesError)) throw error
  return {
    code: error.code,
    severity: 'error',
    field: isVariable(error) ? null : (fieldOf(error) ?? field),
    line: null,
    message: oneLine(error.message),
    fix: oneLine(error.fix),
  }
}

/** The same finding in better words. */
export function reworded(
  finding: Finding,
  { message = finding.message, fix = finding.fix },
): Finding {
  return { ...finding, message: oneLine(message), fix: oneLine(fix) }
}

/** What a variable of the environment has wrong is the fault of no field. */
function isVariable({ field }: OciProfilesError): boolean {
  return field !== null && /^[A-Z][A-Z_]+$/.test(field)
}

function fieldOf({ field }: OciProfilesError): EditableField | null {
  return EDITABLE_FIELDS.find((name) => name === field) ?? null
}
