/** Results of checks for people: one line each, and for what fails the way to mend it below. */
import { isAuthType, type FailedCheck, type OciProfileConfig } from '../../schemas/index.ts'
import { GAP } from './columns.ts'
import { cutMiddle } from './cut.ts'
import { safeText } from './safe-text.ts'
import type { Style } from './style.ts'
import { padText, textWidth, widestOf, wrapText } from './width.ts'
import { wrapFix } from './wrap-fix.ts'

export type CheckedProfile = Pick<
  OciProfileConfig,
  'auth_profile' | 'authentication' | 'namespace' | 'region' | 'check'
>

const WIDEST_NAME = 40
const INDENT = '    '
const VERDICT_WIDTH = 'works'.length
/** Columns kept free for what only the check finds out. */
const USUAL_NAMESPACE = 12
/** Failures that only the service's operators can explain: they ask for the request's id. */
const ASK_SUPPORT: readonly string[] = ['SERVICE_ERROR', 'UNEXPECTED_RESPONSE']

/** Widths that all lines of a run share: known before the first result is there. */
export interface ChecksLayout {
  style: Style
  nameWidth: number
  /** 0 where there is no room for it. */
  authenticationWidth: number
}

export function renderChecks(profiles: readonly CheckedProfile[], style: Style): string {
  const layout = layOutChecks(profiles, style)
  return profiles.map((profile) => renderChecked(profile, layout)).join('')
}

/** For all profiles whose results are to be shown; the results need not be there yet. */
export function layOutChecks(profiles: readonly CheckedProfile[], style: Style): ChecksLayout {
  const known = profiles.filter(({ authentication }) => isAuthType(authentication))
  const names = widestOf(profiles.map(({ auth_profile }) => safeText(auth_profile)))
  const nameWidth = Number.isFinite(style.width)
    ? Math.min(names, WIDEST_NAME, Math.max(1, style.width - GAP.length - VERDICT_WIDTH))
    : names
  const regionWidth = widestOf(known.map(({ region }) => safeText(region ?? '')))
  const widest = widestOf(known.map(({ authentication }) => authentication))
  const others = nameWidth + VERDICT_WIDTH + regionWidth + USUAL_NAMESPACE
  const taken = others + widest + 4 * GAP.length
  return { style, nameWidth, authenticationWidth: taken > style.width ? 0 : widest }
}

/** One profile's lines. */
export function renderChecked(profile: CheckedProfile, layout: ChecksLayout): string {
  const { check } = profile
  const { style } = layout
  const name = nameCell(profile, layout)
  const lines =
    check?.status === 'failed'
      ? renderFailure(name, check, style)
      : check?.status === 'ok'
        ? [name + style.good('works') + facts(profile, layout)]
        : [name + style.doubtful('waits')]
  return `${lines.join('\n')}\n`
}

/** Everything in the first line where it fits, else the message in lines of its own. */
export function renderFailure(
  name: string,
  {
    code,
    message,
    fix,
    opc_request_id: id,
  }: Pick<FailedCheck, 'code' | 'message' | 'fix' | 'opc_request_id'>,
  style: Style,
): string[] {
  const start = `${name}${style.bad('fails')}`
  const room = style.width - textWidth(name) - VERDICT_WIDTH - GAP.length
  const isShort = textWidth(`${code}: ${safeText(message)}`) <= room
  const fitsCode = code.length < room
  const head = start + (fitsCode ? `${GAP}${style.bad(code)}:` : '')
  const text = fitsCode ? message : `${code}: ${message}`
  const request = id !== null && ASK_SUPPORT.includes(code) ? id : null
  return [
    ...(isShort ? [`${head} ${safeText(message)}`] : [head, ...wrapIndented(text, style)]),
    ...wrapIndented(`fix: ${fix}`, style, wrapFix),
    ...(request === null ? [] : wrapIndented(`opc-request-id: ${request}`, style).map(style.dim)),
  ]
}

export function nameCell(
  { auth_profile }: Pick<CheckedProfile, 'auth_profile'>,
  { nameWidth }: ChecksLayout,
): string {
  return padText(cutMiddle(safeText(auth_profile), nameWidth), nameWidth) + GAP
}

/** As many as fit. */
function facts(profile: CheckedProfile, layout: ChecksLayout): string {
  const { authentication, region, namespace } = profile
  const { nameWidth, authenticationWidth, style } = layout
  const known = [
    authenticationWidth === 0 ? null : padText(safeText(authentication), authenticationWidth),
    region,
    namespace,
  ].filter((fact) => fact !== null)
  let text = ''
  for (const fact of known) {
    const longer = text + GAP + safeText(fact)
    if (nameWidth + GAP.length + VERDICT_WIDTH + textWidth(longer) > style.width) break
    text = longer
  }
  return text
}

function wrapIndented(text: string, { width }: Style, wrap = wrapText): string[] {
  return wrap(safeText(text), width - INDENT.length).map((line) => INDENT + line)
}
