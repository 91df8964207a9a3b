/** `refresh`: sessions go on. */
import { refreshSessions, type ProfileRecord, type Refreshed } from '../../registry/index.ts'
import { answerEach } from '../answer-each.ts'
import { arrivals, patienceFor } from '../arrivals.ts'
import { checkConcurrency } from '../check-concurrency.ts'
import type { Answer, Request } from '../command.ts'
import { findProfiles, missingNotes, namesOf, readConfigProfiles } from '../config-profiles.ts'
import { EXIT } from '../exit-codes.ts'
import { startProgress, type Progress } from '../progress.ts'
import { layOutChecks, renderJson, renderRefreshed } from '../render/index.ts'

interface Running {
  results: Promise<Refreshed>[]
  progress: Progress
}

export async function refresh(request: Request): Promise<Answer> {
  const { registry, notes } = await readConfigProfiles(request)
  const names = namesOf(request)
  const { records, missing } = findProfiles(registry, names)
  const asked = names.length > 0 ? records : records.filter(isSession)
  const isEmpty = names.length === 0 && asked.length === 0 && records.length > 0
  const none = isEmpty
    ? ['There is no session to refresh: no profile is of type security_token.']
    : []
  const tell = request.flags.output === 'json' ? tellTogether : tellArriving
  return {
    notes: [...notes, ...missingNotes(missing), ...none],
    next: () => tell(asked, request, missing.length === 0),
  }
}

/** One document. */
async function tellTogether(
  records: readonly ProfileRecord[],
  request: Request,
  isComplete: boolean,
): Promise<Answer> {
  const { results, progress } = start(records, request)
  progress.show()
  const refreshed = await Promise.all(results)
  progress.end()
  const isDone = isComplete && refreshed.every(isGood)
  return { output: renderJson(refreshed.map(toView)), exitCode: isDone ? EXIT.done : EXIT.failed }
}

/** The lines of each profile when its result is there. */
function tellArriving(
  records: readonly ProfileRecord[],
  request: Request,
  isComplete: boolean,
): Promise<Answer> {
  const { results, progress } = start(records, request)
  const profiles = records.map(({ profile }) => profile)
  const layout = layOutChecks(profiles, request.style)
  let isDone = isComplete
  const render = (batch: readonly Refreshed[]) => {
    isDone &&= batch.every(isGood)
    return batch.map((each) => renderRefreshed(each, layout)).join('')
  }
  const conclude = (): Answer => ({ exitCode: isDone ? EXIT.done : EXIT.failed })
  return answerEach(arrivals(results, patienceFor(request.io)), progress, render, conclude)
}

function start(records: readonly ProfileRecord[], { io, logger }: Request): Running {
  const names = records.map(({ profile }) => profile.auth_profile)
  const progress = startProgress(io, names, 'refreshing')
  const concurrency = checkConcurrency(io.env)
  const options = { env: io.env, logger, signal: io.signal, concurrency }
  const results = refreshSessions(records, options).map(async (result) => {
    const refreshed = await result
    progress.step(refreshed.auth_profile)
    return refreshed
  })
  return { results, progress }
}

function isSession({ profile }: ProfileRecord): boolean {
  return profile.authentication === 'security_token'
}

function isGood({ outcome }: Refreshed): boolean {
  return outcome.code === null
}

function toView({ auth_profile, outcome }: Refreshed) {
  if (outcome.code !== null) {
    const { code, message, fix } = outcome
    return { auth_profile, refreshed: false, token_expires_at: null, code, message, fix }
  }
  const token_expires_at = outcome.expiresAt?.toISOString() ?? null
  const { isNew: refreshed, message } = outcome
  return { auth_profile, refreshed, token_expires_at, code: null, message, fix: null }
}
