/** `check`: do they work, and why not. */
import type { OciProfileConfig } from '../../schemas/index.ts'
import { checkProfiles } from '../check-profiles.ts'
import type { Answer, Request } from '../command.ts'
import { findProfiles, missingNotes, namesOf, readConfigProfiles } from '../config-profiles.ts'
import { EXIT } from '../exit-codes.ts'
import { renderChecks, renderJson } from '../render/index.ts'

export async function check(request: Request): Promise<Answer> {
  const { registry, notes } = await readConfigProfiles(request)
  const { records, missing } = findProfiles(registry, namesOf(request))
  const checked = await checkProfiles(registry, records, request.io)
  const profiles = checked.map(({ profile }) => profile)
  const allGood = missing.length === 0 && profiles.every(({ useable }) => useable)
  return {
    notes: [...notes, ...missingNotes(missing)],
    output: render(profiles, request),
    exitCode: allGood ? EXIT.done : EXIT.failed,
  }
}

function render(
  profiles: readonly Readonly<OciProfileConfig>[],
  { flags, style }: Request,
): string {
  if (flags.output === 'table') return renderChecks(profiles, style)
  return renderJson(
    profiles.map(({ auth_profile, useable, check }) => ({ auth_profile, useable, check })),
  )
}
