/** Values that are easy to find again: one for each field of each profile that a test sends on its way. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Canaries {
  /** A profile with a value of its own in every field; all of them pass the validation of the API. */
  profile(name: string): Record<string, string | boolean>
  /** A value that stands for nothing else. */
  value(): string
  /** The values that were given out and stand in the bytes, in whatever form. */
  foundIn(bytes: Buffer): string[]
}

export function makeCanaries(): Canaries {
  const given: string[] = []
  const run = Math.random().toString(36).slice(2, 8).padEnd(6, 'x')
  const value = () => {
    // Fits a region, the narrowest of all fields.
    const canary = `canary-${run}-${String(given.length).padStart(3, '0')}-end`
    given.push(canary)
    return canary
  }
  return {
    value,
    profile: (name) => ({
      auth_profile: `${name}-${value()}`,
      authentication: 'api_key',
      user: `ocid1.user.oc1..${value()}`,
      tenancy: `ocid1.tenancy.oc1..${value()}`,
      region: value(),
      fingerprint: value(),
      key_content: `-----BEGIN PRIVATE KEY-----\n${value()}\n-----END PRIVATE KEY-----`,
      pass_phrase: value(),
      security_token_file: `/nowhere/${value()}`,
      genai_compartment_id: `ocid1.compartment.oc1..${value()}`,
      genai_region: value(),
      additional_user_agent: value(),
      log_requests: false,
    }),
    foundIn: (bytes) =>
      given.filter((canary) => formsOf(canary).some((form) => bytes.includes(form))),
  }
}

/** As it is, in hex, and the core of its base64 wherever a group of three bytes begins. */
function formsOf(text: string): string[] {
  const shifted = [0, 1, 2].map((shift) => Buffer.from(`${'-'.repeat(shift)}${text}`))
  const base64 = shifted.map((bytes) => bytes.toString('base64').slice(4, -4))
  return [text, Buffer.from(text).toString('hex'), ...base64]
}

export interface FileBytes {
  path: string
  bytes: Buffer
}

/** Every file below a folder. What goes away meanwhile is left out. */
export function readFolder(folder: string): FileBytes[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name)
      try {
        return [{ path, bytes: readFileSync(path) }]
      } catch {
        return []
      }
    })
}
