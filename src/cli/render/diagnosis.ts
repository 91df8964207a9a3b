/** A diagnosis for people: what is wrong first, then every field with the place that its value came from. */
import type { Diagnosis, DiagnosedField } from '../../diagnosis/index.ts'
import type { Finding, Severity } from '../../schemas/index.ts'
import { renderColumns, type Cell } from './columns.ts'
import { safeText } from './safe-text.ts'
import type { Style } from './style.ts'
import { wrapText } from './width.ts'

const INDENT = '  '
const PAINT = {
  error: 'bad',
  warning: 'doubtful',
  info: 'dim',
} as const satisfies Record<Severity, keyof Style>

export function renderDiagnosis(diagnosis: Diagnosis, style: Style): string {
  return [
    renderTitle(diagnosis, style),
    ...diagnosis.findings.map((finding) => renderFinding(finding, style)),
    renderFields(diagnosis.fields, style),
  ].join('')
}

function renderTitle({ auth_profile, check, origin }: Diagnosis, style: Style): string {
  const place = origin.file === undefined ? origin.kind : `${origin.file}:${origin.line ?? ''}`
  const from = style.dim(safeText(`(${place.replace(/:$/, '')})`))
  return `${style.bold(safeText(auth_profile))} ${verdict(check, style)} ${from}\n`
}

function verdict(check: Diagnosis['check'], style: Style): string {
  if (check === null || check.status === 'pending') return style.doubtful('not checked')
  return check.status === 'ok' ? style.good('works') : style.bad('fails')
}

function renderFinding(finding: Finding, style: Style): string {
  const { severity, code, field, line, message, fix } = finding
  const paint = style[PAINT[severity]]
  const where = [field, line === null ? null : `line ${line}`].filter((part) => part !== null)
  const title = `${severity}: ${code}${where.length === 0 ? '' : ` (${where.join(', ')})`}`
  const text = [message, `fix: ${fix}`].flatMap((part) =>
    wrapText(safeText(part), style.width - 2 * INDENT.length),
  )
  const lines = [INDENT + paint(safeText(title)), ...text.map((line) => INDENT + INDENT + line)]
  return `${lines.join('\n')}\n`
}

function renderFields(fields: Diagnosis['fields'], style: Style): string {
  const rows = Object.entries(fields).map(([name, field]): Cell[] => [
    { text: `${INDENT}${name}`, paint: style.dim },
    { text: showValue(field) },
    { text: showSource(field), paint: style.dim },
  ])
  return renderColumns(rows, style)
}

function showValue({ value }: DiagnosedField): string {
  return value === null || value === '' ? '-' : String(value)
}

function showSource({ source, file, line, variable }: DiagnosedField): string {
  const place = file === null ? '' : ` ${file}${line === null ? '' : `:${line}`}`
  return `${variable ?? source}${place}`
}
