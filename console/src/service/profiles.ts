/** The routes of profiles, as functions. */
import { ask, call, type Answer } from './call.ts'
import type {
  Check,
  Diagnosis,
  FieldName,
  Finding,
  Profile,
  ProfilePatch,
  SensitiveProfile,
} from './wire.ts'

/** One of the last checks of a profile; only the profile's own history says what it found in words. */
export interface CheckPoint {
  status: 'ok' | 'failed'
  code: string | null
  checked_at: string
  duration_ms: number
}

export interface ProfileChecks {
  auth_profile: string
  token_expires_at: string | null
  checks: CheckPoint[]
}

export interface PastCheck extends CheckPoint {
  message: string | null
}

export interface ProfileHistory {
  auth_profile: string
  token_expires_at: string | null
  checks: PastCheck[]
}

export type ParsedProfile = { auth_profile: string } & Record<FieldName, string | boolean | null>

/** What was read out of a pasted text: sections of a config file, or a key alone. */
export interface Parsed {
  profiles: ParsedProfile[]
  key_content: string | null
  diagnostics: Finding[]
}

export interface Reloaded {
  file: string
  exists: boolean
  added: string[]
  changed: string[]
  removed: string[]
  kept: string[]
  diagnostics: Finding[]
}

const ALL = 'oci-profiles'

export function listProfiles(): Promise<Profile[]> {
  return ask('GET', ALL)
}

export function listChecks(): Promise<ProfileChecks[]> {
  return ask('GET', 'checks')
}

export function readProfile(name: string): Promise<Answer<Profile>> {
  return call('GET', one(name))
}

/** On record in the service's audit log. */
export async function revealProfile(name: string): Promise<SensitiveProfile> {
  const query = { include_sensitive: 'true' }
  return ask('GET', one(name), { query })
}

export async function diagnoseProfile(name: string): Promise<Diagnosis> {
  return ask('GET', `${one(name)}/diagnosis`)
}

export async function readHistory(name: string): Promise<ProfileHistory> {
  return ask('GET', `${one(name)}/checks`)
}

export async function checkProfile(name: string): Promise<Check> {
  return ask('POST', `${one(name)}/check`)
}

export async function createProfile(
  body: ProfilePatch & { auth_profile: string },
  { keepUnusable = false } = {},
): Promise<Profile> {
  const query = keepUnusable ? { keep_unusable: 'true' } : undefined
  return (await call<Profile>('POST', ALL, { body, query })).value
}

export async function updateProfile(
  name: string,
  body: ProfilePatch,
  { dryRun = false, ifMatch }: { dryRun?: boolean; ifMatch: string | null },
): Promise<Profile> {
  const query = dryRun ? { dry_run: 'true' } : undefined
  return (await call<Profile>('PUT', one(name), { body, query, ifMatch })).value
}

export async function removeProfile(name: string): Promise<void> {
  await call('DELETE', one(name))
}

export function parseText(text: string): Promise<Parsed> {
  return ask('POST', `${ALL}/parse`, { body: { text } })
}

export function reloadFile(): Promise<Reloaded> {
  return ask('POST', `${ALL}/reload`)
}

/** Browsers take "." and ".." for steps in a path, however they are written. */
export function isUnaddressable(name: string): boolean {
  return name === '.' || name === '..'
}

function one(name: string): string {
  if (isUnaddressable(name)) throw new Error(`A browser cannot address "${name}".`)
  return `${ALL}/${encodeURIComponent(name.toWellFormed())}`
}
