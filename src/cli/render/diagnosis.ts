/** A diagnosis for people: what is wrong first, then every field with the place that its value came from. */
import type { Diagnosis, DiagnosedField, Dialect } from '../../diagnosis/index.ts'
import type { Finding, Severity } from '../../schemas/index.ts'
import { renderColumns, type Cell, type Column } from './columns.ts'
import { cutOcid, cutPath, type Cut } from './cut.ts'
import { fewOfEach } from './few-of-each.ts'
import { safeText } from './safe-text.ts'
import type { Style } from './style.ts'
import { textWidth, wrapText } from './width.ts'
import { wrapFix } from './wrap-fix.ts'

const INDENT = '  '
const PAINT = {
  error: 'bad',
  warning: 'doubtful',
  info: 'dim',
} as const satisfies Record<Severity, keyof Style>

const TOOLS: Record<Dialect['tool'], string> = {
  go_sdk: 'Go SDK',
  typescript_sdk: 'TypeScript SDK',
  java_sdk: 'Java SDK',
  python_sdk: 'Python SDK/OCI CLI',
  oci_cli_session: 'oci session',
}

/** `section …/config:12` */
const cutSource: Cut = (text, width) => {
  const space = text.indexOf(' ') + 1
  const word = text.slice(0, space)
  return word + cutPath(text.slice(space), width - textWidth(word))
}

/** Name, value, source: the file and the line are what a reader needs most of the last. */
const FIELD_COLUMNS: readonly Column[] = [
  { least: 24 },
  { cut: cutOcid, least: 12 },
  { cut: cutSource, least: 19 },
]

export function renderDiagnosis(diagnosis: Diagnosis, style: Style): string {
  const { shown, leftOut } = fewOfEach(diagnosis.findings)
  return [
    renderTitle(diagnosis, style),
    ...shown.map((finding) => {
      return renderFinding(finding, style) + renderRequest(finding, diagnosis.check, style)
    }),
    ...leftOut.map((text) => `${INDENT}${style.dim(text)}\n`),
    renderDialects(diagnosis.dialects, style),
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
  const room = style.width - 2 * INDENT.length
  const text = [...wrapText(safeText(message), room), ...wrapFix(safeText(`fix: ${fix}`), room)]
  const lines = [INDENT + paint(safeText(title)), ...text.map((line) => INDENT + INDENT + line)]
  return `${lines.join('\n')}\n`
}

/** The id of the request that failed: whoever is asked about it will want to know. */
function renderRequest({ code }: Finding, check: Diagnosis['check'], style: Style): string {
  if (check?.status !== 'failed' || check.code !== code || check.opc_request_id === null) return ''
  const line = safeText(`opc-request-id: ${check.opc_request_id}`)
  return `${INDENT}${INDENT}${style.dim(line)}\n`
}

/** Which other tools read the section otherwise; in what, the findings tell. Nothing where nobody knows. */
function renderDialects(dialects: readonly Dialect[], style: Style): string {
  if (dialects.length === 0) return ''
  const others = dialects.filter(({ reads }) => reads !== 'alike')
  const told = others.map(({ tool, reads, differences }) => {
    return `${TOOLS[tool]} ${reads}${reads === 'differs' ? ` (${differences.length})` : ''}`
  })
  const text = told.length === 0 ? 'all read it alike' : told.join(', ')
  const paint = told.length === 0 ? style.dim : style.doubtful
  const lines = wrapText(`other tools: ${text}`, style.width - INDENT.length)
  return lines.map((line) => `${INDENT}${paint(line)}\n`).join('')
}

function renderFields(fields: Diagnosis['fields'], style: Style): string {
  const rows = Object.entries(fields).map(([name, field]): Cell[] => [
    { text: `${INDENT}${name}`, paint: style.dim },
    { text: showValue(field) },
    { text: showSource(field), paint: style.dim },
  ])
  return renderColumns(rows, style, FIELD_COLUMNS)
}

function showValue({ value }: DiagnosedField): string {
  return value === null || value === '' ? '-' : String(value)
}

function showSource({ source, file, line, variable }: DiagnosedField): string {
  const place = file === null ? '' : ` ${file}${line === null ? '' : `:${line}`}`
  return `${variable ?? source}${place}`
}
