/** The rules that read files: key and token, and whether they belong together. */
import { stat } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Environment } from '../client/index.ts'
import type { CheckCode } from '../errors.ts'
import type { AuthType, Finding, OciProfileConfig, Provenance } from '../schemas/index.ts'
import { withExchange } from './exchanged-files.ts'
import { inspectKey } from './key-rules.ts'
import { usesField } from './required-fields.ts'
import { inspectToken } from './token-rules.ts'

export interface InspectedFiles {
  /** Fingerprint of the key, `null` when there is none to be had. */
  fingerprint: string | null
  keyFault: Finding | null
  tokenFault: Finding | null
}

/** Signing in writes key and token one after the other: in between they show these faults. */
const PASSING: ReadonlySet<string> = new Set<CheckCode>([
  'KEY_FILE_NOT_FOUND',
  'KEY_INVALID',
  'TOKEN_FILE_NOT_FOUND',
  'TOKEN_INVALID',
  'TOKEN_KEY_MISMATCH',
])
const JUST_WRITTEN_MS = 1000
const PAUSE_MS = 200

export interface FileDeps {
  env: Environment
  /** In milliseconds since 1970. */
  now: number
  provenance?: Provenance
}

/** Reads what the authentication type uses. */
export async function inspectFiles(
  profile: OciProfileConfig,
  type: AuthType,
  deps: FileDeps,
): Promise<InspectedFiles> {
  const inspected = await readFiles(profile, type, deps)
  const { keyFault, tokenFault } = inspected
  const mayPass = [keyFault, tokenFault].some((fault) => fault && PASSING.has(fault.code))
  if (!mayPass || !(await isBeingWritten(profile, type))) return inspected
  await pause(PAUSE_MS)
  return readFiles(profile, type, deps)
}

async function readFiles(
  profile: OciProfileConfig,
  type: AuthType,
  deps: FileDeps,
): Promise<InspectedFiles> {
  if (!usesField(type, 'key_file')) return { fingerprint: null, keyFault: null, tokenFault: null }
  const { key, fingerprint, fault } = await inspectKey(profile, deps)
  const hasToken = usesField(type, 'security_token_file')
  const tokenFault = hasToken ? await inspectToken(profile, key, deps.now, deps.env) : null
  return { fingerprint, ...(await withExchange(profile, { keyFault: fault, tokenFault })) }
}

/** Whether the files of a session changed within the last second. */
async function isBeingWritten(profile: OciProfileConfig, type: AuthType): Promise<boolean> {
  if (!usesField(type, 'security_token_file')) return false
  const ages = [profile.key_file, profile.security_token_file].map(async (path) => {
    if (path === null) return Number.POSITIVE_INFINITY
    return stat(path).then(
      ({ mtimeMs }) => Math.abs(Date.now() - mtimeMs),
      () => Number.POSITIVE_INFINITY,
    )
  })
  return Math.min(...(await Promise.all(ages))) < JUST_WRITTEN_MS
}
