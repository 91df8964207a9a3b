/** Faults of the config file for people, in the form that editors and terminals make a link of. */
import type { Finding } from '../../schemas/index.ts'
import { safeText } from './safe-text.ts'

/** `path:line: CODE message. fix` */
export function renderDiagnostic(file: string, { code, line, message, fix }: Finding): string {
  const place = line === null ? file : `${file}:${line}`
  return safeText(`${place}: ${code} ${sentence(message)} ${fix}`)
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
