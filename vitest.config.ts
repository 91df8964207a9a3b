import { defineConfig } from 'vitest/config'
import LongFirst from './test/setup/long-first.ts'

/** Rooms whose tests leave nothing behind in the process: many files share one worker, which is ten times as fast. */
const SHARED = ['schemas', 'config', 'settings', 'registry']
/** Tests of the repository itself: import rules and catalogues. */
const RULES = ['house', 'docs']
/** Pages whose examples are run: programs are started for them, which takes longer than the rules may. */
const REPLAYED = ['test/docs/error-examples.test.ts', 'test/docs/tour.test.ts']
/** Tests of what is built from it. */
const BUILT = ['package', 'examples']
/** Tests of time limits, which a busy machine would break: first, and two at a time. */
const TIMED = ['client', 'check']
/** Tests in a browser. */
const PAGES = ['console']

const testsOf = (rooms: string[]) => rooms.map((room) => `test/${room}/**/*.test.ts`)

export default defineConfig({
  test: {
    setupFiles: ['test/setup/refuse-network.ts'],
    reporters: ['default', './scripts/tally-reporter.ts'],
    // The machine that runs this may be slow and busy; a test that waits by design says so itself.
    testTimeout: 20_000,
    hookTimeout: 30_000,
    maxWorkers: 4,
    sequence: { sequencer: LongFirst },
    // A test that asserts nothing cannot fail.
    expect: { requireAssertions: true, poll: { timeout: 10_000 } },
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      { extends: true, test: { name: 'timed', include: testsOf(TIMED), maxWorkers: 2 } },
      {
        extends: true,
        test: {
          name: 'shared',
          include: testsOf(SHARED),
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'rules',
          include: testsOf(RULES),
          exclude: REPLAYED,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      { extends: true, test: { name: 'replayed', include: REPLAYED, sequence: { groupOrder: 1 } } },
      {
        extends: true,
        test: {
          name: 'apart',
          include: ['test/**/*.test.ts'],
          exclude: testsOf([...TIMED, ...SHARED, ...RULES, ...BUILT, ...PAGES]),
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'pages',
          include: testsOf(PAGES),
          globalSetup: ['test/setup/build-console.ts', 'test/setup/unpack-browser.ts'],
          // After those that would slow a browser down.
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'built',
          include: testsOf(BUILT),
          setupFiles: ['test/setup/build.ts'],
          // One file after the other, so that no file builds under the feet of another.
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
          testTimeout: 60_000,
        },
      },
    ],
  },
})
