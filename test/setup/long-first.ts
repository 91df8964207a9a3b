/** Files that take longest begin first, so that no worker is left alone with one at the end. Without a cache, sizes tell nothing of that. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The longest first. */
const LONG = [
  'database/replicas-postgres',
  'database/postgres-connection',
  'database/replicas-sqlite',
  'client/instance-principal',
  'cli/terminal',
  'cli/fixes',
  'database/processes',
  'console/session',
]

export default class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // Not that of arrays.
    // oxlint-disable-next-line no-array-sort
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => rank(a) - rank(b))
  }
}

function rank({ moduleId }: TestSpecification): number {
  const index = LONG.findIndex((each) => moduleId.endsWith(`/${each}.test.ts`))
  return index === -1 ? LONG.length : index
}
