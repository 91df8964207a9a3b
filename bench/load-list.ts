/** GET of the list of 1,000 profiles, access control and log on, against bare node:http that sends the same bytes. */
import { describeAnswers, measureAnswers, ratesOf } from './answers.ts'
import type { Bench, Figure } from './figure.ts'
import { serveLoaded } from './load-service.ts'
import { interleave, medianRatio } from './rounds.ts'

const PROFILES = 1_000
const ROUNDS = 7
const PATHS = ['/v1/oci-profiles']

export const loadList: Bench = { name: 'load-list', run }

async function run(): Promise<Figure[]> {
  await using service = await serveLoaded(PROFILES)
  const bareLoad = await service.bareLoad(PATHS)
  const contestants = {
    own: () => measureAnswers(service.load(PATHS)),
    bare: () => measureAnswers(bareLoad),
  }
  await interleave(1, contestants)
  const { own, bare } = await interleave(ROUNDS, contestants)
  return [
    {
      name: `GET list of ${PROFILES} profiles: share of bare node:http`,
      value: medianRatio(ratesOf(own), ratesOf(bare)),
      unit: 'times',
      aim: { atLeast: 0.6 },
      detail: `${describeAnswers(own)}; node:http ${describeAnswers(bare)}`,
    },
  ]
}
