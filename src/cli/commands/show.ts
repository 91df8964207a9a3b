/** `show`: one profile. */
import { OciProfilesError } from '../../errors.ts'
import { checkProfiles } from '../check-profiles.ts'
import type { Answer, Request } from '../command.ts'
import { readConfigProfiles } from '../config-profiles.ts'
import { EXIT } from '../exit-codes.ts'
import { findOneProfile } from '../one-profile.ts'
import { viewOf } from '../profile-views.ts'
import { renderError, renderJson, renderProfile } from '../render/index.ts'

export async function show(request: Request): Promise<Answer> {
  const { flags, io, style } = request
  const { registry, notes } = await readConfigProfiles(request)
  const found = findOneProfile(registry, request)
  if (found instanceof OciProfilesError) {
    return { notes: [...notes, ...renderError(found, false)], exitCode: EXIT.failed }
  }
  const [shown = found] = flags.check ? await checkProfiles(registry, [found], io) : []
  const view = viewOf(shown.profile, flags)
  return {
    notes,
    output: flags.output === 'json' ? renderJson(view) : renderProfile(view, style),
    exitCode: flags.check && !shown.profile.useable ? EXIT.failed : EXIT.done,
  }
}
