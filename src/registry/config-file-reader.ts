/** The config file read again and again into one registry, each time against what it said when it was last in order. */
import {
  parseSettledConfigFile,
  type LocateOptions,
  type ParsedConfigFile,
} from '../config/index.ts'
import { OciProfilesError } from '../errors.ts'
import type { Finding } from '../schemas/index.ts'
import { compareReadings } from './compare-readings.ts'
import { viewConfigFile, type ConfigFileView, type ConfigReading } from './config-file-view.ts'
import { toFileReading, type FileReading } from './file-reading.ts'
import type { LoadedProfiles } from './load-oci-profiles.ts'
import type { ProfileRegistry } from './profile-registry.ts'
import { reconcile } from './reconcile.ts'

export interface ConfigFileNews {
  view: ConfigFileView
  /** `null` where the file could not be read. */
  reading: ConfigReading | null
}

/** News, and the reason where there is no reading. */
export type ReadResult =
  | { view: ConfigFileView; reading: ConfigReading; fault: null }
  | { view: ConfigFileView; reading: null; fault: OciProfilesError }

export class ConfigFileReader {
  readonly #registry: ProfileRegistry
  readonly #place: LocateOptions
  #accepted: FileReading
  #wasThere: boolean

  /** `first` is in the registry already. */
  constructor(registry: ProfileRegistry, place: LocateOptions, first: LoadedProfiles) {
    this.#registry = registry
    this.#place = place
    this.#accepted = toFileReading(first)
    this.#wasThere = first.exists
  }

  /** Readings must not overlap. `file` is the one that is read, for the case that it cannot be. */
  async read(file: string): Promise<ReadResult> {
    try {
      const parsed = await parseSettledConfigFile(this.#place, this.#accepted.profiles.size > 0)
      const isGone = !parsed.exists && this.#wasThere
      this.#wasThere ||= parsed.exists
      return isGone ? this.#keepAll(parsed) : this.#follow(parsed)
    } catch (error) {
      if (!(error instanceof OciProfilesError)) throw error
      const kept = this.#accepted.profiles.size
      return { view: viewConfigFile(file, 'unreadable', error, kept), reading: null, fault: error }
    }
  }

  #keepAll({ file, exists }: ParsedConfigFile): ReadResult {
    const kept = [...this.#accepted.profiles.values()].map(({ profile }) => profile.auth_profile)
    const gone: Finding = {
      code: 'CONFIG_FILE_NOT_FOUND',
      severity: 'error',
      field: null,
      line: null,
      message: `The config file ${file} is gone`,
      fix: 'Put it back: it is read again at once.',
    }
    return {
      view: viewConfigFile(file, 'missing', gone, kept.length),
      reading: { file, exists, added: [], changed: [], removed: [], kept, diagnostics: [gone] },
      fault: null,
    }
  }

  #follow(parsed: ParsedConfigFile): ReadResult {
    const { file, exists, diagnostics } = parsed
    const difference = compareReadings(this.#accepted, toFileReading(parsed))
    this.#accepted = difference.accepted
    const reading = { file, exists, ...reconcile(this.#registry, difference), diagnostics }
    const [first] = difference.kept
    const view =
      first === undefined
        ? viewConfigFile(file, exists ? 'read' : 'absent')
        : viewConfigFile(file, 'faulty', first.because, reading.kept.length)
    return { view, reading, fault: null }
  }
}
