/** Watches the key and token files that profiles name: when the content of one changes, its profiles are checked again. */
import { watchFiles, type FileChange, type FileWatch } from '../config/index.ts'
import { SILENT_LOGGER, type Logger, type OciProfileConfig } from '../schemas/index.ts'
import type { ProfileRecord } from './profile-record.ts'
import type { ProfileRegistry } from './profile-registry.ts'

type Profile = Readonly<OciProfileConfig>

export interface NamedFilesOptions {
  registry: ProfileRegistry
  /** The files that principals are made of, by the process's environment. */
  principalFiles?: (authentication: string) => readonly string[]
  /** Ends the checks. */
  signal?: AbortSignal
  logger?: Logger
  pollMs?: number
}

/** Keys and tokens are smaller; nothing larger is read. */
const MAX_BYTES = 64 * 1024
const LONGEST_LIST = 20

export function followNamedFiles(options: NamedFilesOptions): FileWatch {
  const { registry, signal, logger = SILENT_LOGGER, pollMs } = options
  const filesOf = (profile: Profile) => namedFiles(profile, options.principalFiles)
  let seen: readonly ProfileRecord[] = []
  let files: readonly string[] = []

  return watchFiles({
    files() {
      const records = registry.records()
      if (records !== seen) files = updated(files, records, filesOf)
      seen = records
      return files
    },
    onChange(changes) {
      const byPath = new Map(changes.map((change) => [change.path, change]))
      const names = registry
        .list()
        .filter((profile) => filesOf(profile).some((path) => concerns(profile, byPath.get(path))))
        .map(({ auth_profile }) => auth_profile)
      if (names.length === 0) return
      const fields = {
        files: [...byPath.keys()].slice(0, LONGEST_LIST),
        profiles: names.slice(0, LONGEST_LIST),
        count: names.length,
      }
      logger.info(fields, 'key or token files have changed: checking again')
      for (const name of names) void registry.recheckStale(name, signal)
    },
    maxBytes: MAX_BYTES,
    logger,
    pollMs,
  })
}

/** The same list where it holds the same files: most changes of the registry are results of checks. */
function updated(
  before: readonly string[],
  records: readonly ProfileRecord[],
  filesOf: (profile: Profile) => readonly string[],
): readonly string[] {
  const now = [...new Set(records.flatMap(({ profile }) => filesOf(profile)))]
  const isSame = now.length === before.length && now.every((path, index) => path === before[index])
  return isSame ? before : now
}

function namedFiles(
  { authentication, key_file, security_token_file }: Profile,
  principalFiles: NamedFilesOptions['principalFiles'],
): readonly string[] {
  if (authentication === 'api_key') return key_file === null ? [] : [key_file]
  if (authentication === 'security_token') {
    return [key_file, security_token_file].filter((path) => path !== null)
  }
  return principalFiles?.(authentication) ?? []
}

/** A file that was changed before anybody looked at it may be what the last check saw. */
function concerns({ check }: Profile, change: FileChange | undefined): boolean {
  if (change === undefined) return false
  if (!change.isEarly || check === null || check.status === 'pending') return true
  return Date.parse(check.checked_at) - check.duration_ms <= change.changedAt
}
