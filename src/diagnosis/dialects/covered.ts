/** Differences that a finding of the reading tells already: what mends that one mends them. Pure. */
import type { Finding } from '../../schemas/index.ts'
import type { Difference, DifferenceKind } from './difference.ts'

/** The code of the finding that says it, on the same line. */
const SAME_LINE: Partial<Record<DifferenceKind, string>> = {
  alias: 'UNKNOWN_KEY',
  log_requests: 'VALUE_INVALID',
}

export function isCoveredBy(findings: readonly Finding[]): (difference: Difference) => boolean {
  const faulty = new Set(
    findings.filter(({ severity }) => severity === 'error').map(({ line }) => line),
  )
  return ({ kind, line, lines = [line] }) => {
    // The diagnosis has a doubt of its own about it.
    if (kind === 'fingerprint_case') return true
    if (kind === 'second_section') {
      return findings.some(({ code }) => code === 'DUPLICATE_SECTION')
    }
    const code = SAME_LINE[kind]
    if (code) return findings.some((finding) => finding.code === code && finding.line === line)
    return lines.every((each) => each !== null && faulty.has(each))
  }
}
