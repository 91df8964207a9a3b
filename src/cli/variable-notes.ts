/** What `env` says beside its output: which fields are not in it, and where the tools find them instead. */
import { statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  isReadFromFile,
  type ChosenProfile,
  type ProfileVariables,
  type VariableOptions,
} from './environment/index.ts'
import type { EnvFormat } from './flags.ts'
import { safeText } from './render/index.ts'

export interface NoteContext extends VariableOptions {
  format: EnvFormat
  env: Readonly<NodeJS.ProcessEnv>
}

type Missing = Pick<ProfileVariables, 'leftOut' | 'kept'>

const HOW_TO_ADD = '--include-sensitive prints them, too.'

/** Lines for stderr. */
export function notesOnVariables(
  chosen: ChosenProfile,
  variables: Missing,
  context: NoteContext,
): string[] {
  const notes =
    context.format === 'terraform'
      ? terraformNotes(chosen, variables, context)
      : ociNotes(chosen, variables, context)
  return notes.map(safeText)
}

function ociNotes(
  { profile, provenance }: ChosenProfile,
  { leftOut, kept }: Missing,
  { configFile }: NoteContext,
): string[] {
  const inFile = leftOut.filter((field) => provenance[field].source !== 'environment')
  const notes: string[] = []
  if (inFile.length > 0 && isReadOnce(configFile)) {
    const fields = inFile.join(', ')
    notes.push(
      `Left out: ${fields}. ${configFile} is a pipe, in which no tool finds them any more. Name an ordinary file, or add --include-sensitive.`,
    )
  } else if (inFile.length > 0) {
    const place = `[${profile.auth_profile}] in ${configFile}`
    notes.push(`Left out: ${inFile.join(', ')}. Tools read them from ${place}. ${HOW_TO_ADD}`)
  }
  if (inFile.includes('key_content')) {
    notes.push(
      'The OCI CLI and the Python SDK refuse a config file with key_content: for them, add --include-sensitive or use "oci-profiles exec".',
    )
  }
  if (kept.length > 0) {
    const names = kept.join(', ')
    notes.push(`Not printed, because the environment has them already: ${names}. ${HOW_TO_ADD}`)
  }
  return notes
}

/** What the shell opened for this run, as `<(command)`, is gone with it. */
function isReadOnce(file: string | null): boolean {
  if (file === null) return false
  const facts = statSync(file, { throwIfNoEntry: false })
  return facts !== undefined && !facts.isFile()
}

function terraformNotes(
  chosen: ChosenProfile,
  { leftOut }: Missing,
  context: NoteContext,
): string[] {
  const { auth_profile, authentication, origin } = chosen.profile
  if (!isReadFromFile(chosen, context.isWhole)) return []
  if (isUsualFile(context) && origin.kind === 'file') {
    if (leftOut.length === 0) return []
    const fields = leftOut.join(', ')
    return [
      `Left out: ${fields}. Terraform reads them from [${auth_profile}] in ~/.oci/config. ${HOW_TO_ADD}`,
    ]
  }
  const remedy =
    authentication === 'security_token'
      ? 'Copy the section there: a session cannot be given by variables.'
      : 'Add --include-sensitive, and it needs no file.'
  return [`Terraform looks for [${auth_profile}] in ~/.oci/config only. ${remedy}`]
}

function isUsualFile({ configFile, cwd, env }: NoteContext): boolean {
  const usual = join(env['HOME'] || homedir(), '.oci', 'config')
  return configFile !== null && resolve(cwd, configFile) === usual
}
