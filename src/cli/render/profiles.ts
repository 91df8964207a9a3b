/** Profiles for people: a table of many, or one with all its fields. */
import { renderColumns, type Cell, type Column } from './columns.ts'
import { checkCell } from './check-cell.ts'
import { cutOcid, cutPath } from './cut.ts'
import { renderFields, type FieldRow } from './fields.ts'
import type { Style } from './style.ts'
import { wrapFix } from './wrap-fix.ts'
import type { CheckResult, OciProfileConfig, ProfileOrigin } from '../../schemas/index.ts'

/** As `publicView` and `sensitiveView` give it. */
export type ProfileView = Record<string, unknown> &
  Pick<OciProfileConfig, 'auth_profile' | 'origin' | 'useable' | 'check'>

const COLUMNS = ['auth_profile', 'authentication', 'region', 'user', 'tenancy'] as const

/** How the columns give way on a narrow terminal. What was asked for by an option stays longer than what is always there. */
const SHAPES: Readonly<Record<string, Column>> = {
  auth_profile: { rank: 0, least: 40 },
  check: { rank: 1, least: 20 },
  fingerprint: { rank: 2, least: 23 },
  key_file: { rank: 2, cut: cutPath, least: 20 },
  key_content: { rank: 2 },
  pass_phrase: { rank: 2 },
  security_token_file: { rank: 2, cut: cutPath, least: 20 },
  region: { rank: 3, least: 14 },
  authentication: { rank: 4 },
  user: { rank: 5, cut: cutOcid, least: 10 },
  tenancy: { rank: 6, cut: cutOcid, least: 10 },
  origin: { rank: 7, cut: cutPath, least: 14 },
}
const LAST_RANK = 8
const ABSENT = '-'

/** One line for each profile. The sensitive fields have columns where the views hold them. */
export function renderProfiles(
  views: readonly ProfileView[],
  sensitiveFields: readonly string[],
  style: Style,
): string {
  const [first] = views
  if (!first) return ''
  const fields = [...COLUMNS, ...sensitiveFields.filter((field) => field in first)]
  const isChecked = views.some(({ check }) => check !== null)
  const heading = [...fields, ...(isChecked ? ['check'] : []), 'origin']
  const rows = views.map((view): Cell[] => [
    ...fields.map((field) => ({ text: showValue(view[field]) })),
    ...(isChecked ? [checkCell(view, style)] : []),
    { text: showOrigin(view.origin), paint: style.dim },
  ])
  const headingCells = heading.map((text) => ({ text: text.toUpperCase(), paint: style.bold }))
  const columns = heading.map((name, index) => {
    return shapeOf(
      name,
      rows.map((row) => row[index]?.text ?? ''),
    )
  })
  return renderColumns([headingCells, ...rows], style, columns)
}

/** Headings are never cut; a column that holds nothing is the first to go. */
function shapeOf(name: string, texts: readonly string[]): Column {
  const shape = SHAPES[name] ?? {}
  const rank = texts.every((text) => text === ABSENT) ? LAST_RANK : shape.rank
  return { ...shape, rank, least: Math.max(name.length, shape.least ?? 0) }
}

/** All fields, one below the other, never cut: what is shown here is there to be copied. */
export function renderProfile(view: ProfileView, style: Style): string {
  const rows = Object.entries(view).flatMap(([field, value]): FieldRow[] => {
    if (field === 'origin') return [{ name: field, text: showOrigin(view.origin) }]
    if (field === 'check') return checkRows(view.check, style)
    if (field === 'useable' && view.check === null) {
      return [{ name: field, text: 'not checked', paint: style.dim }]
    }
    const text = showValue(value)
    return [{ name: field, text, ...(text === ABSENT ? { paint: style.dim } : {}) }]
  })
  return renderFields(rows, style)
}

function checkRows(check: CheckResult | null, style: Style): FieldRow[] {
  const name = 'check'
  if (check === null) return [{ name, text: ABSENT, paint: style.dim }]
  if (check.status !== 'failed') return [{ name, text: check.status, paint: style.good }]
  const verdict = `failed ${check.code}:`
  const paint = (line: string) => line.replace(verdict, () => style.bad(verdict))
  return [
    { name, text: `${verdict} ${check.message}`, paint },
    { name: '', text: `fix: ${check.fix}`, wrap: wrapFix },
  ]
}

function showOrigin({ kind, file, line }: ProfileOrigin): string {
  if (file === undefined) return kind
  return line === undefined ? file : `${file}:${line}`
}

function showValue(value: unknown): string {
  if (value === null || value === '') return ABSENT
  return typeof value === 'string' ? value : JSON.stringify(value)
}
