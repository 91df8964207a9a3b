/** How other tools read the section that a profile came from. */
import { oneLine, type Environment } from '../../check/index.ts'
import {
  EDITABLE_FIELDS,
  isAuthType,
  type EditableField,
  type Finding,
  type LoadedProfile,
  type OciProfileConfig,
} from '../../schemas/index.ts'
import { isCoveredBy } from './covered.ts'
import type { Dialect } from './dialect.ts'
import type { DialectFile, ToolVerdict } from './dialect-file.ts'
import { openDialectFile } from './dialect-files.ts'
import { dialectFindings } from './dialect-findings.ts'
import { findFileDifferences } from './file-differences.ts'
import { fieldOf } from './fields.ts'
import { isStillSo } from './still-so.ts'
import { IT } from './tools.ts'
import { tell } from './told.ts'
import { wordsOf } from './words.ts'

interface ProfileDialects {
  /** One for each tool, always in the same order; none where the profile is not, or no longer, as the file has it. */
  dialects: Dialect[]
  findings: Finding[]
}

const NONE: ProfileDialects = { dialects: [], findings: [] }

/** `now` in milliseconds since 1970. Rejects with nothing that a file can cause. */
export async function profileDialects(
  loaded: LoadedProfile,
  env: Environment,
  now: number,
): Promise<ProfileDialects> {
  const { profile, provenance } = loaded
  const { file: path } = profile.origin
  if (profile.origin.kind !== 'file' || path === undefined || isChanged(loaded)) return NONE
  const file = await openDialectFile(path)
  if (file === null || !isStillSo(loaded, file)) return NONE
  const lineOf = (field: EditableField) => provenance[field].line
  const used = await findFileDifferences(asWritten(loaded), lineOf, env, now)
  const verdicts = verdictsOf(loaded, file, used.isKeyEncrypted).map((verdict) => ({
    ...verdict,
    differences: verdict.hasValues
      ? [...verdict.differences, ...used.ofTool(verdict.tool)]
      : verdict.differences,
  }))
  const name = profile.auth_profile
  return {
    dialects: verdicts.map((verdict) => toDialect(verdict, name)),
    findings: dialectFindings(verdicts, name, isCoveredBy(loaded.findings)),
  }
}

/** Without what variables give: some tools do not read them, and of a variable there is nothing to write in the file. */
function asWritten({ profile, provenance }: LoadedProfile): OciProfileConfig {
  const given = (['region', 'key_file', 'security_token_file'] as const).filter((field) => {
    return provenance[field].source === 'environment'
  })
  return { ...profile, ...Object.fromEntries(given.map((field) => [field, null])) }
}

/** Over the API: the profile is not what the file says. */
function isChanged({ provenance }: LoadedProfile): boolean {
  return EDITABLE_FIELDS.some((field) => provenance[field].source === 'api')
}

function verdictsOf(
  { profile, provenance }: LoadedProfile,
  file: DialectFile,
  isKeyEncrypted: boolean,
): ToolVerdict[] {
  const overridden = EDITABLE_FIELDS.filter((field) => provenance[field].source === 'environment')
  // A type that follows from a variable's token is no more the section's than one that a variable names.
  const isOwnType = provenance.authentication.variable === undefined
  const { authentication } = profile
  return file.verdicts({
    section: profile.auth_profile,
    authentication: isOwnType && isAuthType(authentication) ? authentication : null,
    overridden: new Set(overridden),
    isKeyEncrypted,
  })
}

function toDialect({ tool, refuses, differences }: ToolVerdict, section: string): Dialect {
  const reads = refuses ? 'refuses' : differences.length === 0 ? 'alike' : 'differs'
  return {
    tool,
    reads,
    differences: differences.map((difference) => ({
      field: fieldOf(difference.key),
      line: difference.line,
      message: oneLine(wordsOf(difference.kind).say(IT, tell([difference], section, [tool]))),
    })),
  }
}
