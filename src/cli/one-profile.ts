/** The profile that a command for one profile is about: the one that is named, else the default one. */
import { OciProfilesError } from '../errors.ts'
import type { ProfileRecord, ProfileRegistry } from '../registry/index.ts'
import type { Request } from './command.ts'
import { findProfiles, namesOf } from './config-profiles.ts'

export function findOneProfile(
  registry: ProfileRegistry,
  request: Request,
): ProfileRecord | OciProfilesError {
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
  return new OciProfilesError('PROFILE_NOT_FOUND', 'There is no profile to choose', {
    fix: 'Add one to the config file, or name another file with --config-file.',
  })
}
