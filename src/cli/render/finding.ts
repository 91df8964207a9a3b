/** Faults of the config file for people, in the form that editors and terminals make a link of. */
import type { Finding } from '../../schemas/index.ts'
import { fewOfEach } from './few-of-each.ts'
import { safeText } from './safe-text.ts'

/** A line each, and one for what is left out of each kind. */
export function renderDiagnostics(file: string, findings: readonly Finding[]): string[] {
  const { shown, leftOut } = fewOfEach(findings)
  return [
    ...shown.map((finding) => renderDiagnostic(file, finding)),
    ...leftOut.map((text) => safeText(`${file}: ${text}`)),
  ]
}

/** `path:line: CODE message. fix` */
function renderDiagnostic(file: string, { code, line, message, fix }: Finding): string {
  const place = line === null ? file : `${file}:${line}`
  return safeText(`${place}: ${code} ${sentence(message)} ${fix}`)
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
