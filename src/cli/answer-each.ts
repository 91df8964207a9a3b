/** Results told one by one: an answer for each, and progress while the next one is waited for. */
import type { Answer } from './command.ts'
import type { Progress } from './progress.ts'

/** `conclude` gives the last answer, when all results have been told. */
export async function answerEach<Result>(
  results: AsyncIterator<Result, void, void>,
  progress: Progress,
  render: (result: Result) => string,
  conclude: () => Answer,
): Promise<Answer> {
  progress.show()
  const { value: result, done } = await results.next()
  // What is printed now may go to the same terminal.
  progress.hide()
  if (!done) {
    const next = () => answerEach(results, progress, render, conclude)
    return { output: render(result), next }
  }
  progress.end()
  return conclude()
}
