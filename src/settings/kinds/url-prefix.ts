/** Path under which a reverse proxy serves the whole service. */
import type { SettingKind } from '../setting.ts'
import { textKind } from './text.ts'

const PREFIX = /^(\/[A-Za-z0-9._~-]+)*\/?$/
const DOT_SEGMENT = /\/\.{1,2}(\/|$)/

/** Kept without a final slash, so that routes can be put behind it; `/` is no prefix. */
export function urlPrefixKind(): SettingKind<string> {
  return textKind('a path such as /oci', (text) =>
    PREFIX.test(text) && !DOT_SEGMENT.test(text) ? text.replace(/\/$/, '') : undefined,
  )
}
