/** A registry that follows a config file, with checks that the test decides. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import {
  ConfigFileFollower,
  ProfileRegistry,
  type ConfigFileNews,
  type ConfigReading,
  type FollowOptions,
  type RunCheck,
} from '../../src/registry/index.ts'
import { SILENT_LOGGER } from '../../src/schemas/index.ts'
import { WORKS } from './checks.ts'

export interface FollowedFile {
  path: string
  registry: ProfileRegistry
  follower: ConfigFileFollower
  news: ConfigFileNews[]
  /** Names of the profiles, in order. */
  names(): string[]
  /** Names of the profiles that were checked since this was last asked, sorted. */
  checked(): string[]
  /** Writes the file, has it read, and waits for the checks. */
  edit(text: string): Promise<ConfigReading>
  /** Has it read, and waits for the checks. */
  reload(): Promise<ConfigReading>
}

interface Setup extends Partial<FollowOptions> {
  /** Of the file at the start; none where it is `null`. */
  text: string | null
  check?: RunCheck
  /** Whether it is followed without being asked; else the test says when it is read. */
  isWatched?: boolean
  /** Done as soon as the file has been read for the first time. */
  whenRead?: (path: string) => Promise<void>
}

const NO_NEWS = (): never => {
  throw Object.assign(new Error('no news'), { code: 'ENOSPC' })
}

/** Loads the file and has every profile checked. */
export async function followFile({
  text,
  check,
  isWatched = false,
  whenRead,
  ...options
}: Setup): Promise<FollowedFile> {
  const folder = await mkdtemp(join(tmpdir(), 'oci-profiles-follow-'))
  const path = join(folder, 'config')
  if (text !== null) await writeFile(path, text)
  const checked: string[] = []
  let checks = 0
  const registry = new ProfileRegistry({
    check: async (profile, deps) => {
      if (checks === 0) await whenRead?.(path)
      checks += 1
      checked.push(profile.auth_profile)
      return check ? check(profile, deps) : WORKS
    },
  })
  const news: ConfigFileNews[] = []
  const follower = new ConfigFileFollower({
    registry,
    configFile: path,
    env: {},
    home: folder,
    logger: SILENT_LOGGER,
    onNews: (each) => void news.push(each),
    pollMs: isWatched ? 200 : 3_600_000,
    watch: isWatched ? undefined : NO_NEWS,
    ...options,
  })
  onTestFinished(async () => {
    follower.close()
    await rm(folder, { recursive: true })
  })
  await (
    await follower.load()
  ).checked
  checked.length = 0
  const reload = async () => {
    const { reading, checked: done } = await follower.reload()
    await done
    return reading
  }
  return {
    path,
    registry,
    follower,
    news,
    names: () => registry.list().map((profile) => profile.auth_profile),
    checked: () => checked.splice(0).toSorted(),
    edit: async (content) => {
      const before = news.length
      await writeFile(path, content)
      const last = await reload()
      // The watch may have been quicker than we: what counts is what all readings brought.
      const readings = news.slice(before).flatMap(({ reading }) => reading ?? [])
      const all = (list: 'added' | 'changed' | 'removed') => [
        ...new Set(readings.flatMap((reading) => reading[list])),
      ]
      return { ...last, added: all('added'), changed: all('changed'), removed: all('removed') }
    },
    reload,
  }
}
