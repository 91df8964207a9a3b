/** The result of a check in a word or two. */
import type { OciProfileConfig } from '../../schemas/index.ts'
import type { Cell } from './columns.ts'
import type { Style } from './style.ts'

export function checkCell({ check }: Pick<OciProfileConfig, 'check'>, style: Style): Cell {
  if (check === null || check.status === 'pending') return { text: 'waits', paint: style.doubtful }
  if (check.status === 'ok') return { text: 'works', paint: style.good }
  return { text: check.code, paint: style.bad }
}
