/** Config files on disk for one test file: written to a folder of their own, which is removed at the end. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { parseOciConfigFile, type ParsedConfigFile } from '../../src/config/index.ts'
import type { EditableField, Finding, LoadedProfile } from '../../src/schemas/index.ts'
import { HOME } from './expected.ts'

export interface ConfigFolder {
  path(name: string): string
  /** Writes and parses a file, with `/home/me` as home and only the environment that is given. */
  parse(content: string | Buffer, env?: NodeJS.ProcessEnv): Promise<ParsedConfigFile>
}

export function useConfigFolder(): ConfigFolder {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oci-profiles-config-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  const path = (name: string) => join(folder, name)
  const parse = async (content: string | Buffer, env: NodeJS.ProcessEnv = {}) => {
    await writeFile(path('config'), content)
    return parseOciConfigFile({ configFile: path('config'), env, home: HOME })
  }
  return { path, parse }
}

export function loadedOf({ loaded }: ParsedConfigFile, name: string): LoadedProfile {
  const found = loaded.find(({ profile }) => profile.auth_profile === name)
  if (found === undefined) throw new Error(`no profile ${name}`)
  return found
}

/** Where a field came from, in one word or three: `section:4`, `environment:OCI_CLI_USER`, `default`. */
export function sourceOf({ provenance }: LoadedProfile, field: EditableField): string {
  const { source, line, variable } = provenance[field]
  return [source, variable ?? line].filter((part) => part !== null).join(':')
}

export function codesOf(findings: readonly Finding[]): string[] {
  return findings.map(({ code }) => code)
}

export function findingOf(findings: readonly Finding[], code: string): Finding {
  const found = findings.find((finding) => finding.code === code)
  if (found === undefined) throw new Error(`no finding ${code} among: ${codesOf(findings)}`)
  return found
}
