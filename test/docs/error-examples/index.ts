/** Provokes every code of the table through the doors that people use: command line, service, library. */
import { openSandbox } from '../sandbox.ts'
import { provokeCommandFaults } from './commands.ts'
import { provokeDatabaseFaults } from './databases.ts'
import type { Examples } from './example.ts'
import { provokeFileFaults } from './files.ts'
import { provokeChecks } from './profiles.ts'
import { provokeProblems, type Problem } from './requests.ts'
import { provokeResults } from './results.ts'
import { provokeSessionFaults } from './sessions.ts'
import { provokeStarts } from './starts.ts'

export type { Example, Examples } from './example.ts'
export { API_KEY, type Problem } from './requests.ts'

export interface Everything {
  examples: Examples
  problems: Problem[]
  /** Why examples are missing. */
  faults: string[]
}

/** `visit` is called while the service that gave the problems still runs. */
export async function provokeEverything(
  visit: (url: string, problems: readonly Problem[]) => Promise<void>,
): Promise<Everything> {
  await using checked = await openSandbox()
  await using told = await openSandbox()
  const everything: Everything = { examples: new Map(), problems: [], faults: [] }
  const gather = async (what: string, provoke: () => Promise<Examples>) => {
    try {
      for (const [code, outcome] of await provoke()) everything.examples.set(code, outcome)
    } catch (error) {
      everything.faults.push(`${what}: ${String(error)}`)
    }
  }
  const tell = async () => {
    await gather('files', () => provokeFileFaults(told))
    await gather('results', () => provokeResults(told))
    await gather('requests', async () => {
      const { examples, problems } = await provokeProblems(told, visit)
      everything.problems = problems
      return examples
    })
    await gather('starts', () => provokeStarts(told))
    await gather('commands', () => provokeCommandFaults(told))
    await gather('sessions', () => provokeSessionFaults(told))
    await gather('databases', () => provokeDatabaseFaults(told))
  }
  // Checks wait for most of their ten seconds; the rest is work.
  await Promise.all([gather('checks', () => provokeChecks(checked)), tell()])
  return everything
}
