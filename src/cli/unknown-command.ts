/** A word where a command belongs: a command with a slip in it, or the name of a profile. */
import { OciProfilesError } from '../errors.ts'
import { nearestName, SILENT_LOGGER, shellWord } from '../schemas/index.ts'
import { COMMANDS } from './commands/index.ts'
import { readConfigProfiles } from './config-profiles.ts'
import type { Flags } from './flags.ts'
import type { Io } from './io.ts'

/** The error that says what was probably meant. */
export async function unknownCommand(
  { word, flags }: { word: string; flags: Flags },
  io: Io,
): Promise<OciProfilesError> {
  const message = `unknown command "${word}"`
  const fix = (await hintAt(word, flags, io)) ?? 'Run "oci-profiles --help".'
  return new OciProfilesError('USAGE', message, { fix })
}

async function hintAt(word: string, flags: Flags, io: Io): Promise<string | null> {
  const names = await profileNames(flags, io)
  const profile = nearestName(word, names)
  const isExact = profile?.toLowerCase() === word.toLowerCase()
  const command = nearestName(word, Object.keys(COMMANDS))
  if (profile !== null && (isExact || command === null)) {
    const run = `"oci-profiles show ${shellWord(profile)}"`
    return isExact ? `"${profile}" is a profile: run ${run}.` : `Did you mean ${run}?`
  }
  return command === null ? null : `Did you mean "oci-profiles ${command}"?`
}

/** Of the config file, if it can be read. */
async function profileNames(flags: Flags, io: Io): Promise<string[]> {
  try {
    const { registry } = await readConfigProfiles({ flags, io, logger: SILENT_LOGGER })
    return registry.list().map(({ auth_profile }) => auth_profile)
  } catch {
    return []
  }
}
