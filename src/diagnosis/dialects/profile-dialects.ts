/** How other tools read the section that a profile came from. */
import { oneLine, type Environment } from '../../check/index.ts'
import {
  EDITABLE_FIELDS,
  isAuthType,
  type EditableField,
  type Finding,
  type LoadedProfile,
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
  const used = await findFileDifferences(profile, lineOf, env, now)
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
  const isOwnType = !overridden.includes('authentication')
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
