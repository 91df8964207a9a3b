import { execFile } from 'node:child_process'
import { constants, watch as watchFolder, type FSWatcher } from 'node:fs'
import {
  appendFile,
  mkdir,
  mkdtemp,
  open,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { describe, test, type TestContext } from 'vitest'
import { watchFiles, type FileChange, type WatchFilesOptions } from '../../src/config/index.ts'
import { SILENT_LOGGER } from '../../src/schemas/index.ts'

type Cleanup = TestContext['onTestFinished']

/** A folder that goes with the test: answers the path of a name in it. */
async function makeFolder(onTestFinished: Cleanup): Promise<(name: string) => string> {
  const folder = await mkdtemp(join(tmpdir(), 'oci-profiles-watch-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return (name) => join(folder, name)
}

interface Watched {
  changes: FileChange[]
  /** Waits until the watch has told of so many changes. */
  told(count: number): Promise<void>
  close(): void
}

const NEVER_EARLY = Date.now() + 3_600_000

/** Resolves when the files have been looked at for the first time. Nothing counts as early unless `since` is given. */
async function watch(
  files: readonly string[] | (() => readonly string[]),
  onTestFinished: Cleanup,
  { pollMs = 300, ...options }: Partial<WatchFilesOptions> = {},
): Promise<Watched> {
  const changes: FileChange[] = []
  let rounds = 0
  const running = watchFiles({
    files: () => {
      rounds += 1
      return typeof files === 'function' ? files() : files
    },
    onChange: (some) => void changes.push(...some),
    maxBytes: 1_000,
    pollMs,
    since: NEVER_EARLY,
    ...options,
  })
  const close = () => running.close()
  onTestFinished(close)
  // A later round begins when the one before it is over; where it is far away, the files are few.
  await until(() => rounds > (pollMs > 1_000 ? 0 : 1))
  await pause(100)
  return { changes, told: (count) => until(() => changes.length >= count), close }
}

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 15_000
  while (!isSo()) {
    if (performance.now() > end) throw new Error('it did not come to that')
    await pause(20)
  }
}

const withoutNews = (): never => {
  throw Object.assign(new Error('no more'), { code: 'ENOSPC' })
}

/** Longer than a change needs to be told of. */
const aWhile = () => pause(900)

interface Edit {
  how: string
  before(file: string): Promise<unknown>
  edit(file: string): Promise<unknown>
}

const write = (text: string) => (file: string) => writeFile(file, text)

const EDITS: Edit[] = [
  { how: 'is written in place', before: write('old'), edit: write('new') },
  { how: 'is added to', before: write('old'), edit: (file) => appendFile(file, 'er') },
  {
    how: 'is replaced by a rename',
    before: write('old'),
    edit: async (file) => {
      await writeFile(`${file}.tmp`, 'new')
      await rename(`${file}.tmp`, file)
    },
  },
  {
    how: 'is swapped as editors do',
    before: write('old'),
    edit: async (file) => {
      await rename(file, `${file}~`)
      await writeFile(file, 'new')
      await rm(`${file}~`)
    },
  },
  {
    how: 'is a link into a folder that a link swaps, as in Kubernetes',
    before: async (file) => {
      const mount = dirname(file)
      for (const version of ['one', 'two']) {
        await mkdir(join(mount, version))
        await writeFile(join(mount, version, 'file'), version)
      }
      await symlink('one', join(mount, '..data'))
      await symlink('..data/file', file)
    },
    edit: async (file) => {
      const mount = dirname(file)
      await symlink('two', join(mount, '..tmp'))
      await rename(join(mount, '..tmp'), join(mount, '..data'))
    },
  },
  {
    how: 'is a link to a file elsewhere that is written',
    before: async (file) => {
      await mkdir(join(dirname(file), 'elsewhere'))
      await writeFile(join(dirname(file), 'elsewhere', 'real'), 'old')
      await symlink('elsewhere/real', file)
    },
    edit: (file) => writeFile(join(dirname(file), 'elsewhere', 'real'), 'new'),
  },
  { how: 'is removed', before: write('old'), edit: (file) => rm(file) },
  { how: 'is made', before: async () => {}, edit: write('new') },
  {
    how: 'lies in a folder that is made later',
    before: (file) => rm(dirname(file), { recursive: true }),
    edit: async (file) => {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, 'new')
    },
  },
  {
    how: 'lies in a folder that is replaced as a whole',
    before: write('old'),
    edit: async (file) => {
      const parent = dirname(file)
      await mkdir(`${parent}.new`)
      await writeFile(join(`${parent}.new`, 'file'), 'new')
      await rename(parent, `${parent}.old`)
      await rename(`${parent}.new`, parent)
    },
  },
]

describe.each<[string, Partial<WatchFilesOptions>]>([
  ['with news of the system', {}],
  ['without news of the system', { watch: withoutNews }],
])('a watch %s', (_which, options) => {
  test.concurrent.for(EDITS)(
    'tells once when a file $how',
    async ({ before, edit }, { expect, onTestFinished }) => {
      const file = (await makeFolder(onTestFinished))('mount/file')
      await mkdir(dirname(file))
      await before(file)
      const { changes, told } = await watch([file], onTestFinished, options)
      await edit(file)
      await told(1)
      await aWhile()
      expect(changes).toMatchObject([{ path: file, isEarly: false }])
    },
  )

  test.concurrent('says nothing when a file is touched, or written anew with the same text', async ({
    expect,
    onTestFinished,
  }) => {
    const at = await makeFolder(onTestFinished)
    await writeFile(at('file'), 'same')
    const { changes } = await watch([at('file')], onTestFinished, options)
    await utimes(at('file'), 1, 1)
    await writeFile(at('other'), 'same')
    await rename(at('other'), at('file'))
    await aWhile()
    expect(changes).toEqual([])
  })
})

describe.concurrent('a watch', () => {
  test('hears of a change long before its next round', async ({ expect, onTestFinished }) => {
    const at = await makeFolder(onTestFinished)
    await writeFile(at('file'), 'old')
    const { changes, told } = await watch([at('file')], onTestFinished, { pollMs: 60_000 })
    await writeFile(at('file'), 'new')
    await told(1)
    expect(changes).toMatchObject([{ path: at('file') }])
  })

  test('tells of a file that was changed before the first look, and says so', async ({
    expect,
    onTestFinished,
  }) => {
    const at = await makeFolder(onTestFinished)
    const since = Date.now() - 5_000
    await writeFile(at('file'), 'as somebody has read it, or not')
    const { changes } = await watch([at('file'), at('none')], onTestFinished, { since })
    expect(changes).toEqual([{ path: at('file'), changedAt: expect.any(Number), isEarly: true }])
    expect(changes[0]!.changedAt).toBeGreaterThan(since)
  })

  test('tells of many small writes a few times', async ({ expect, onTestFinished }) => {
    const at = await makeFolder(onTestFinished)
    await writeFile(at('file'), '')
    const { changes, told } = await watch([at('file')], onTestFinished)
    for (let i = 0; i < 40; i += 1) {
      await appendFile(at('file'), 'x')
      await pause(20)
    }
    await told(1)
    await aWhile()
    expect(changes.length).toBeLessThan(10)
  })

  test('never opens a pipe that takes the place of a file', async ({ expect, onTestFinished }) => {
    const at = await makeFolder(onTestFinished)
    await writeFile(at('file'), 'old')
    const { told } = await watch([at('file')], onTestFinished)
    await rm(at('file'))
    await promisify(execFile)('mkfifo', [at('file')])
    await told(1)
    await aWhile()
    // Opening a pipe to write, without waiting, succeeds only while somebody has it open to read.
    const writing = open(at('file'), constants.O_WRONLY | constants.O_NONBLOCK)
    await expect(writing).rejects.toMatchObject({ code: 'ENXIO' })
  })

  test.for(['ENOSPC', 'EMFILE'])(
    'warns once when the system refuses news with %s',
    async (code, { expect, onTestFinished }) => {
      const at = await makeFolder(onTestFinished)
      const files = ['a', 'b', 'c'].map((name) => at(`${name}/file`))
      for (const file of files) {
        await mkdir(dirname(file))
        await writeFile(file, 'old')
      }
      const warnings: Record<string, unknown>[] = []
      const { told } = await watch(files, onTestFinished, {
        logger: { ...SILENT_LOGGER, warn: (fields) => void warnings.push(fields) },
        watch: () => {
          throw Object.assign(new Error('no more'), { code })
        },
      })
      for (const file of files) await writeFile(file, 'new')
      await told(3)
      expect(warnings).toEqual([{ code, fix: expect.stringContaining('max_user_watches') }])
    },
  )

  test('of 200 files in as many folders asks for news of 64, and finds every change', async ({
    expect,
    onTestFinished,
  }) => {
    const at = await makeFolder(onTestFinished)
    const files = Array.from({ length: 200 }, (_, i) => at(`${i}/file`))
    for (const file of files) {
      await mkdir(dirname(file))
      await writeFile(file, 'old')
    }
    const watchers = new Set<FSWatcher>()
    const counted = (...args: Parameters<typeof watchFolder>) => {
      const watcher = watchFolder(...args)
      watchers.add(watcher)
      watcher.on('close', () => watchers.delete(watcher))
      return watcher
    }
    const { told, changes, close } = await watch(files, onTestFinished, {
      watch: counted as typeof watchFolder,
    })
    expect(watchers.size).toBe(64)
    const some = [files[0]!, files[63]!, files[64]!, files[199]!]
    for (const file of some) await writeFile(file, 'new')
    await told(4)
    expect(changes.map(({ path }) => path).toSorted()).toEqual(some.toSorted())
    close()
    await until(() => watchers.size === 0)
  })

  test('follows the list of files', async ({ expect, onTestFinished }) => {
    const at = await makeFolder(onTestFinished)
    await writeFile(at('one'), 'old')
    await writeFile(at('two'), 'old')
    let files = [at('one')]
    const { changes, told } = await watch(() => files, onTestFinished)
    files = [at('two')]
    await aWhile()
    changes.length = 0
    await writeFile(at('one'), 'new')
    await writeFile(at('two'), 'new')
    await told(1)
    expect(changes).toMatchObject([{ path: at('two') }])
  })

  test('says nothing after its end', async ({ expect, onTestFinished }) => {
    const at = await makeFolder(onTestFinished)
    await writeFile(at('file'), 'old')
    const { changes, close } = await watch([at('file')], onTestFinished)
    close()
    await writeFile(at('file'), 'new')
    await aWhile()
    expect(changes).toEqual([])
  })
})
