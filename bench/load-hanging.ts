/** GETs of single profiles while 100 checks wait for an OCI that never answers, against the same without them. */
import { describeAnswers, measureAnswers, slowestOf, type Answers } from './answers.ts'
import type { Bench, Figure } from './figure.ts'
import { serveLoaded, type LoadedService } from './load-service.ts'
import { interleave, medianRatio } from './rounds.ts'
import { serveNode } from './run-node.ts'

const PROFILES = 1_000
const HANGING = 100
const ROUNDS = 9
const PATHS = Array.from({ length: PROFILES }, (_, index) => `/v1/oci-profiles/PROFILE_${index}`)

export const loadHanging: Bench = { name: 'load-hanging', run }

async function run(): Promise<Figure[]> {
  await using service = await serveLoaded(PROFILES)
  const contestants = {
    calm: () => measureAnswers(service.load(PATHS)),
    hanging: () => measureWhileHanging(service),
  }
  await interleave(1, contestants)
  const { calm, hanging } = await interleave(ROUNDS, contestants)
  return [
    {
      name: `p99 of GET of one profile while ${HANGING} checks hang, against without`,
      value: medianRatio(slowestOf(hanging), slowestOf(calm)),
      unit: 'times',
      aim: { below: 1.5 },
      detail: `${describeAnswers(hanging)}; without ${describeAnswers(calm)}`,
    },
  ]
}

/** The checks are asked for over HTTP, each by a request of its own, and again when one ends: all of them hang at any time. */
async function measureWhileHanging(service: LoadedService): Promise<Answers> {
  const { url, apiKey } = service
  service.silenceOci(true)
  try {
    const args = [url, apiKey, String(HANGING)]
    await using hanging = new AsyncDisposableStack()
    hanging.use(await serveNode({ file: 'hang-checks.ts', args }))
    return await measureAnswers(service.load(PATHS))
  } finally {
    service.silenceOci(false)
  }
}
