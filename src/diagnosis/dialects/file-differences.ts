/** What other tools cannot use although it is written as they read it: the files that a profile names, and its region. */
import { readFile } from 'node:fs/promises'
import {
  isTokenPadded,
  lookUpRegion,
  loadKeyForm,
  type Environment,
  type KeyForm,
} from '../../check/index.ts'
import { rewriteCommand, type OciProfileConfig } from '../../schemas/index.ts'
import type { Difference } from './difference.ts'
import type { Tool } from './tools.ts'

export interface FileDifferences {
  isKeyEncrypted: boolean
  ofTool: (tool: Tool) => Difference[]
}

const BYTE_ORDER_MARK = Buffer.from('\ufeff')
const NO_SPACE = "tr -d '[:space:]'"
/** Byte by byte, what a JSON Web Token is written with: the mark goes, and white space, too. */
const ONLY_TOKEN = "LC_ALL=C tr -cd 'A-Za-z0-9._=-'"

type Told = readonly [tools: readonly Tool[], difference: Difference]

/** Lines of the fields in the config file. */
type LineOf = (field: 'region' | 'key_file' | 'security_token_file') => number | null

/** Reads the key and the token. `now` in milliseconds since 1970. */
export async function findFileDifferences(
  profile: OciProfileConfig,
  lineOf: LineOf,
  env: Environment,
  now: number,
): Promise<FileDifferences> {
  const form = await loadKeyForm(profile)
  const all = [
    ...keyDifferences(profile, form, lineOf('key_file')),
    ...(await tokenDifferences(profile, lineOf('security_token_file'), now)),
    ...(await regionDifferences(profile, lineOf('region'), env)),
  ]
  return {
    isKeyEncrypted: form?.isEncrypted ?? false,
    ofTool: (tool) =>
      all.filter(([tools]) => tools.includes(tool)).map(([, difference]) => difference),
  }
}

function keyDifferences(
  { key_file }: OciProfileConfig,
  form: KeyForm | null,
  line: number | null,
): Told[] {
  if (form === null || key_file === null) return []
  return form.quirks.map(({ what, unreadableFor, command }) => {
    const fix = rewrite(command, key_file)
    return [unreadableFor, { kind: 'key_form', key: 'key_file', line, about: what, fix }]
  })
}

async function tokenDifferences(
  profile: OciProfileConfig,
  line: number | null,
  now: number,
): Promise<Told[]> {
  const { authentication, security_token_file: path } = profile
  if (authentication !== 'security_token' || path === null) return []
  if (!(await isTokenPadded(profile, now))) return []
  const key = 'security_token_file'
  const isMarked = await hasByteOrderMark(path)
  const kind = isMarked ? 'token_marked' : 'token_padded'
  const fix = rewrite((file) => `${isMarked ? ONLY_TOKEN : NO_SPACE} < ${file}`, path)
  const difference: Difference = { kind, key, line, about: path, fix }
  return [[['go_sdk', 'typescript_sdk'], difference]]
}

/** Of a file that holds a token: it is small and plain. */
function hasByteOrderMark(path: string): Promise<boolean> {
  return readFile(path).then(
    (bytes) => bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK),
    () => false,
  )
}

/** A short code, which the TypeScript SDK takes for the name of a region. */
async function regionDifferences(
  profile: OciProfileConfig,
  line: number | null,
  env: Environment,
): Promise<Told[]> {
  const regionId = (await lookUpRegion(profile, 'region', env))?.regionId ?? null
  if (regionId === null || regionId === profile.region) return []
  return [[['typescript_sdk'], { kind: 'short_code', key: 'region', line, about: regionId }]]
}

function rewrite(command: (path: string) => string, path: string): string {
  return `Run: ${rewriteCommand(path, command)}`
}
