/** `check`: do they work, and why not. */
import type { ProfileRecord, ProfileRegistry } from '../../registry/index.ts'
import { answerEach } from '../answer-each.ts'
import { arrivals, patienceFor } from '../arrivals.ts'
import { checkProfiles, startChecks } from '../check-profiles.ts'
import type { Answer, Request } from '../command.ts'
import { findProfiles, missingNotes, namesOf, readConfigProfiles } from '../config-profiles.ts'
import { EXIT } from '../exit-codes.ts'
import { layOutChecks, renderChecked, renderJson, summarizeChecks } from '../render/index.ts'

interface Asked {
  registry: ProfileRegistry
  records: readonly ProfileRecord[]
  /** Of so many useable profiles. */
  exitCode: (useable: number) => number
}

export async function check(request: Request): Promise<Answer> {
  const { registry, notes } = await readConfigProfiles(request)
  const { records, missing } = findProfiles(registry, namesOf(request))
  const exitCode = (useable: number) => {
    return missing.length === 0 && useable === records.length ? EXIT.done : EXIT.failed
  }
  const tell = request.flags.output === 'json' ? tellTogether : tellArriving
  return {
    notes: [...notes, ...missingNotes(missing)],
    next: () => tell({ registry, records, exitCode }, request),
  }
}

/** One document. */
async function tellTogether(
  { registry, records, exitCode }: Asked,
  { io }: Request,
): Promise<Answer> {
  const checked = await checkProfiles(registry, records, io)
  const results = checked.map(({ profile: { auth_profile, useable, check: result } }) => {
    return { auth_profile, useable, check: result }
  })
  return { output: renderJson(results), exitCode: exitCode(countUseable(checked)) }
}

/** The lines of each profile when its result is there. */
function tellArriving(
  { registry, records, exitCode }: Asked,
  { io, style }: Request,
): Promise<Answer> {
  const profiles = records.map(({ profile }) => profile)
  const layout = layOutChecks(profiles, style)
  const startedAt = performance.now()
  const { results, progress } = startChecks(registry, records, io)
  let useable = 0
  const render = (batch: readonly ProfileRecord[]) => {
    useable += countUseable(batch)
    return batch.map(({ profile }) => renderChecked(profile, layout)).join('')
  }
  const conclude = (): Answer => {
    const summary = summarizeChecks(useable, records.length, performance.now() - startedAt)
    const isWatched = io.canRewriteLine && records.length > 1
    return { notes: isWatched ? [summary] : [], exitCode: exitCode(useable) }
  }
  return answerEach(arrivals(results, patienceFor(io)), progress, render, conclude)
}

function countUseable(records: readonly ProfileRecord[]): number {
  return records.filter(({ profile }) => profile.useable).length
}
