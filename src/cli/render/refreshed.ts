/** What became of a session: one line, and for a failure the way to mend it below. */
import type { Refreshed } from '../../registry/index.ts'
import { nameCell, renderFailure, type ChecksLayout } from './checks.ts'
import { GAP } from './columns.ts'
import { safeText } from './safe-text.ts'
import type { Style } from './style.ts'

export function renderRefreshed(
  { auth_profile, outcome }: Refreshed,
  layout: ChecksLayout,
): string {
  const { style } = layout
  const name = nameCell({ auth_profile }, layout)
  const lines =
    outcome.code === null
      ? [name + verdict(outcome.isNew, style) + GAP + safeText(outcome.message)]
      : renderFailure(name, outcome, style)
  return `${lines.join('\n')}\n`
}

function verdict(isNew: boolean, style: Style): string {
  return isNew ? style.good('refreshed') : style.doubtful('goes on')
}
