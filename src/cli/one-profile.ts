/** The profile that a command for one profile is about: the one that is named, else the default one. */
import { OciProfilesError } from '../errors.ts'
import type { ProfileRecord, ProfileRegistry } from '../registry/index.ts'
import type { Request } from './command.ts'
import { findProfiles, namesOf } from './config-profiles.ts'

export function findOneProfile(
  registry: ProfileRegistry,
  request: Request,
): ProfileRecord | OciProfilesError {
  const [name] = namesOf(request)
  const variable = request.io.env['OCI_CLI_PROFILE']
  if (name === undefined && !variable) return defaultProfile(registry)
  const { records, missing } = findProfiles(registry, [name ?? variable ?? ''])
  const found = records[0] ?? missing[0] ?? noProfile()
  return name === undefined && found instanceof OciProfilesError ? namedByVariable(found) : found
}

/** Who typed no name has to learn where it came from. */
function namedByVariable({ message, fix }: OciProfilesError): OciProfilesError {
  return new OciProfilesError('PROFILE_NOT_FOUND', `${message}, which OCI_CLI_PROFILE names`, {
    fix: `Unset OCI_CLI_PROFILE, or correct it. ${fix}`,
  })
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
