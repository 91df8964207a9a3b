/** `show`: one profile. */
import { OciProfilesError } from '../../errors.ts'
import type { ProfileRecord, ProfileRegistry } from '../../registry/index.ts'
import { checkProfiles } from '../check-profiles.ts'
import type { Answer, Request } from '../command.ts'
import { findProfiles, namesOf, readConfigProfiles } from '../config-profiles.ts'
import { EXIT } from '../exit-codes.ts'
import { viewOf } from '../profile-views.ts'
import { renderError, renderJson, renderProfile } from '../render/index.ts'

export async function show(request: Request): Promise<Answer> {
  const { flags, io, style } = request
  const { registry, notes } = await readConfigProfiles(request)
  const found = findShown(registry, request)
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

/** The profile that is named, else the default one. */
function findShown(registry: ProfileRegistry, request: Request): ProfileRecord | OciProfilesError {
  const [name = request.io.env['OCI_CLI_PROFILE'] || undefined] = namesOf(request)
  if (name === undefined) return defaultProfile(registry)
  const { records, missing } = findProfiles(registry, [name])
  return records[0] ?? missing[0] ?? noProfile()
}

function defaultProfile(registry: ProfileRegistry): ProfileRecord | OciProfilesError {
  if (registry.get('DEFAULT')) return registry.record('DEFAULT')
  return registry.records()[0] ?? noProfile()
}

function noProfile(): OciProfilesError {
  return new OciProfilesError('PROFILE_NOT_FOUND', 'There is no profile to show', {
    fix: 'Add one to the config file, or name another file with --config-file.',
  })
}
