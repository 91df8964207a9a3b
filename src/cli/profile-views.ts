/** What `list` and `show` print of a profile: the API's own views. */
import { publicView, sensitiveView, type OciProfileConfig } from '../schemas/index.ts'
import type { Flags } from './flags.ts'
import type { ProfileView } from './render/index.ts'

export function viewOf(profile: Readonly<OciProfileConfig>, flags: Flags): ProfileView {
  const view = flags.includeSensitive ? sensitiveView(profile) : publicView(profile)
  return view as ProfileView
}
