/** Results of checks for people: one line each, and for what fails the way to mend it below. */
import type { FailedCheck, OciProfileConfig } from '../../schemas/index.ts'
import { safeText } from './safe-text.ts'
import type { Style } from './style.ts'
import { cutText, padText, textWidth, wrapText } from './width.ts'

export type CheckedProfile = Pick<
  OciProfileConfig,
  'auth_profile' | 'authentication' | 'namespace' | 'region' | 'check'
>

const WIDEST_NAME = 32
const GAP = '  '
const INDENT = '    '
/** Failures that only the service's operators can explain: they ask for the request's id. */
const ASK_SUPPORT: readonly string[] = ['SERVICE_ERROR', 'UNEXPECTED_RESPONSE']

interface Layout {
  style: Style
  nameWidth: number
  authenticationWidth: number
}

export function renderChecks(profiles: readonly CheckedProfile[], style: Style): string {
  const working = profiles.filter(({ check }) => check?.status === 'ok')
  const layout = {
    style,
    nameWidth: Math.min(WIDEST_NAME, widest(profiles.map((profile) => profile.auth_profile))),
    authenticationWidth: widest(working.map((profile) => profile.authentication)),
  }
  return profiles.map((profile) => `${renderChecked(profile, layout).join('\n')}\n`).join('')
}

/** Lines. */
function renderChecked(profile: CheckedProfile, layout: Layout): string[] {
  const { check } = profile
  const { style } = layout
  const name = nameCell(profile, layout)
  if (check?.status === 'failed') return renderFailure(name, check, style)
  if (check?.status === 'ok') return [name + style.good('works') + facts(profile, layout)]
  return [name + style.doubtful('waits')]
}

function renderFailure(name: string, check: FailedCheck, style: Style): string[] {
  const taken = textWidth(`${name}fails${GAP}`)
  const [first = '', ...rest] = wrap(`${check.code}: ${check.message}`, style, taken)
  const request = ASK_SUPPORT.includes(check.code) ? check.opc_request_id : null
  return [
    name + style.bad('fails') + GAP + style.bad(first),
    ...rest.map((line) => INDENT + style.bad(line)),
    ...wrap(`fix: ${check.fix}`, style).map((line) => INDENT + line),
    ...(request === null ? [] : [INDENT + style.dim(`opc-request-id: ${safeText(request)}`)]),
  ]
}

function nameCell({ auth_profile }: CheckedProfile, { style, nameWidth }: Layout): string {
  const name = safeText(auth_profile)
  const fitting = Number.isFinite(style.width) ? cutText(name, nameWidth) : name
  return padText(fitting, nameWidth) + GAP
}

function facts(profile: CheckedProfile, { authenticationWidth }: Layout): string {
  const authentication = padText(safeText(profile.authentication), authenticationWidth)
  const known = [authentication, profile.region, profile.namespace].filter((fact) => fact !== null)
  return known.map((fact) => GAP + safeText(fact)).join('')
}

function widest(texts: readonly string[]): number {
  let width = 0
  for (const text of texts) width = Math.max(width, textWidth(safeText(text)))
  return width
}

/** `taken` columns of the first line hold something else already. */
function wrap(text: string, { width }: Style, taken = INDENT.length): string[] {
  return wrapText(safeText(text), width - INDENT.length, width - taken)
}
