/** All doubts about a profile, in the order of its fields. */
import { ownEnvironment, type Environment } from '../check/index.ts'
import type { Finding, OciProfileConfig } from '../schemas/index.ts'
import { warnOfPermissions, warnOfRelativePaths } from './key-file-warnings.ts'
import { warnOfExpiry } from './token-warnings.ts'
import { warnOfGenai, warnOfUnknownRegions, warnOfUpperCase } from './value-warnings.ts'

export interface DoubtDeps {
  /** Default: that of the process. */
  env?: Environment
  /** The clock, in milliseconds since 1970. */
  now?: () => number
  platform?: NodeJS.Platform
}

export async function doubtsAbout(
  profile: OciProfileConfig,
  deps: DoubtDeps = {},
): Promise<Finding[]> {
  const { env = ownEnvironment(), now = Date.now, platform = process.platform } = deps
  return [
    ...(await warnOfUnknownRegions(profile, env)),
    ...warnOfUpperCase(profile),
    ...(await warnOfPermissions(profile, env, platform)),
    ...(await warnOfRelativePaths(profile)),
    ...(await warnOfExpiry(profile, now())),
    ...(await warnOfGenai(profile, env)),
  ]
}
