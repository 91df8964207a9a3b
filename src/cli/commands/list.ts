/** `list`: the profiles of the config file. */
import { SENSITIVE_FIELDS } from '../../schemas/index.ts'
import { checkProfiles } from '../check-profiles.ts'
import type { Answer, Request } from '../command.ts'
import { findProfiles, missingNotes, namesOf, readConfigProfiles } from '../config-profiles.ts'
import { EXIT } from '../exit-codes.ts'
import { viewOf } from '../profile-views.ts'
import { renderJson, renderProfiles } from '../render/index.ts'

export async function list(request: Request): Promise<Answer> {
  const { flags, io, style } = request
  const { registry, notes } = await readConfigProfiles(request)
  const { records, missing } = findProfiles(registry, namesOf(request))
  const shown = flags.check ? await checkProfiles(registry, records, io) : records
  const views = shown.map(({ profile }) => viewOf(profile, flags))
  const allGood = !flags.check || shown.every(({ profile }) => profile.useable)
  return {
    notes: [...notes, ...missingNotes(missing)],
    output:
      flags.output === 'json' ? renderJson(views) : renderProfiles(views, SENSITIVE_FIELDS, style),
    exitCode: allGood && missing.length === 0 ? EXIT.done : EXIT.failed,
  }
}
