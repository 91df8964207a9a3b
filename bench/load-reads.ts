/**
 * GETs of single profiles, access control and log on, against bare node:http that sends the same bytes: as the service comes,
 * which logs what is not a successful read, and with a line in the log for each of them.
 */
import { describeAnswers, measureAnswers, ratesOf, type Answers } from './answers.ts'
import type { Bench, Figure } from './figure.ts'
import { serveLoaded } from './load-service.ts'
import { interleave, medianRatio } from './rounds.ts'

const PROFILES = 1_000
const ROUNDS = 7
const PATHS = Array.from({ length: PROFILES }, (_, index) => `/v1/oci-profiles/PROFILE_${index}`)

export const loadReads: Bench = { name: 'load-reads', run }

async function run(): Promise<Figure[]> {
  await using service = await serveLoaded(PROFILES)
  await using logging = await serveLoaded(PROFILES, { OCI_PROFILES_LOG_LEVEL: 'debug' })
  const bareLoad = await service.bareLoad(PATHS)
  const contestants = {
    own: () => measureAnswers(service.load(PATHS)),
    logged: () => measureAnswers(logging.load(PATHS)),
    bare: () => measureAnswers(bareLoad),
  }
  await interleave(1, contestants)
  const { own, logged, bare } = await interleave(ROUNDS, contestants)
  if (logging.countLogLines() < 1_000) throw new Error('requests were not logged')
  return [
    toFigure('GET of one of 1,000 profiles: share of bare node:http', own, bare, 0.5),
    toFigure('the same with a line in the log for each request', logged, bare, 0.25),
  ]
}

function toFigure(
  name: string,
  own: readonly Answers[],
  bare: readonly Answers[],
  atLeast: number,
): Figure {
  const value = medianRatio(ratesOf(own), ratesOf(bare))
  const detail = `${describeAnswers(own)}; node:http ${describeAnswers(bare)}`
  return { name, value, unit: 'times', aim: { atLeast }, detail }
}
