/** The last line of a run of the tests, for people and machines alike: `12 passed, 0 failed, 1 skipped`. */
import type { SerializedError } from 'vitest'
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node'

export default class TallyReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    errors: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    const states = modules.flatMap(statesOf)
    const count = (state: string) => states.filter((found) => found === state).length
    // A run that broke off without a failed test is no success either.
    const failed = Math.max(count('failed') + errors.length, reason === 'passed' ? 0 : 1)
    console.log(`${count('passed')} passed, ${failed} failed, ${count('skipped')} skipped`)
  }
}

/** A file that broke before its tests could run counts as one failure, a test that never came to run as another. */
function statesOf(module: TestModule): string[] {
  const states = [...module.children.allTests()].map((test) => {
    const { state } = test.result()
    return state === 'pending' ? 'failed' : state
  })
  const brokeOutside = module.state() === 'failed' && !states.includes('failed')
  return brokeOutside ? [...states, 'failed'] : states
}
