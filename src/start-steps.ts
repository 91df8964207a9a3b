/** The numbered steps of a start: each is run, timed, logged, and shown by readiness. */
import type { StartStep } from './api/index.ts'
import { OciProfilesError } from './errors.ts'
import type { Logger } from './schemas/index.ts'

export interface StartSteps {
  /** Runs a step. What it throws ends the start and is thrown on. */
  run<T>(number: number, work: () => Promise<T>): Promise<T>
  /** Adds a remark to a step: what it found, or what it goes on without. */
  remark(number: number, detail: string): void
  view(): StartStep[]
}

const NAMES = [
  'environment',
  'configuration.json',
  'CORE database',
  'settings of the database',
  'profiles',
]

export function createStartSteps(logger: Logger): StartSteps {
  const steps: StartStep[] = NAMES.map((name, index) => ({
    number: index + 1,
    name,
    state: 'waiting',
    duration_ms: null,
    detail: null,
  }))

  const finish = (step: StartStep, state: 'done' | 'failed', started: number) => {
    step.state = state
    step.duration_ms = Math.round(performance.now() - started)
    const { number, name, duration_ms, detail } = step
    const fields = { step: number, name, duration_ms, ...(detail !== null && { detail }) }
    const log = state === 'done' ? logger.info : logger.error
    log.call(logger, fields, `start-up step ${number} of ${NAMES.length}: ${name} ${state}`)
  }

  return {
    async run(number, work) {
      const step = steps[number - 1]!
      const started = performance.now()
      step.state = 'running'
      try {
        const result = await work()
        finish(step, 'done', started)
        return result
      } catch (error) {
        step.detail = error instanceof OciProfilesError ? error.code : 'INTERNAL_ERROR'
        finish(step, 'failed', started)
        throw error
      }
    },
    remark(number, detail) {
      steps[number - 1]!.detail = detail
    },
    view: () => steps.map((step) => ({ ...step })),
  }
}
