/** Profiles for people: a table of many, or one with all its fields. */
import { renderColumns, type Cell } from './columns.ts'
import { checkCell } from './check-cell.ts'
import type { Style } from './style.ts'
import type { CheckResult, OciProfileConfig, ProfileOrigin } from '../../schemas/index.ts'

/** As `publicView` and `sensitiveView` give it. */
export type ProfileView = Record<string, unknown> &
  Pick<OciProfileConfig, 'auth_profile' | 'origin' | 'useable' | 'check'>

const COLUMNS = ['auth_profile', 'authentication', 'region', 'user', 'tenancy'] as const

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
  return renderColumns([headingCells, ...rows], style)
}

/** All fields, one per line, never cut: what is shown here is there to be copied. */
export function renderProfile(view: ProfileView, style: Style): string {
  const rows = Object.entries(view).flatMap(([field, value]): Cell[][] => {
    const name = { text: field, paint: style.dim }
    if (field === 'origin') return [[name, { text: showOrigin(view.origin) }]]
    if (field === 'check') return checkRows(view.check, name, style)
    return [[name, { text: showValue(value) }]]
  })
  return renderColumns(rows, { ...style, width: Number.POSITIVE_INFINITY })
}

function checkRows(check: CheckResult | null, name: Cell, style: Style): Cell[][] {
  if (check === null) return [[name, { text: '-' }]]
  if (check.status !== 'failed') return [[name, { text: check.status, paint: style.good }]]
  return [
    [name, { text: `failed ${check.code}: ${check.message}`, paint: style.bad }],
    [{ text: '' }, { text: `fix: ${check.fix}` }],
  ]
}

function showOrigin({ kind, file, line }: ProfileOrigin): string {
  if (file === undefined) return kind
  return line === undefined ? file : `${file}:${line}`
}

function showValue(value: unknown): string {
  if (value === null || value === '') return '-'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
