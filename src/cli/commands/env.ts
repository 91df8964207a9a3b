/** `env`: a profile as environment variables, for a shell, a file or a program. */
import { OciProfilesError } from '../../errors.ts'
import type { Answer, Request } from '../command.ts'
import { readConfigProfiles } from '../config-profiles.ts'
import {
  environmentToChooseIn,
  formatVariables,
  ociVariables,
  terraformVariables,
} from '../environment/index.ts'
import { EXIT } from '../exit-codes.ts'
import { findOneProfile } from '../one-profile.ts'
import { renderError, safeText } from '../render/index.ts'
import { notesOnVariables } from '../variable-notes.ts'

export async function env(request: Request): Promise<Answer> {
  const { flags, io } = request
  const choosing = environmentToChooseIn(io.env)
  const place = { ...request, io: { ...io, env: choosing } }
  const { registry, configFile, notes } = await readConfigProfiles(place)
  const found = findOneProfile(registry, request)
  if (found instanceof OciProfilesError) {
    return { notes: [...notes, ...renderError(found, false)], exitCode: EXIT.failed }
  }
  const { format = 'sh', includeSensitive = false } = flags
  const options = { configFile, cwd: io.cwd, isWhole: includeSensitive }
  const variables =
    format === 'terraform' ? terraformVariables(found, options) : ociVariables(found, options)
  const output = formatVariables(format, variables)
  return {
    notes: [...notes, ...notesOnVariables(found, variables, { ...options, format, env: choosing })],
    // A .env file has no escapes: what a terminal would obey is shown there, not sent.
    output: format === 'dotenv' && io.stdout.isTTY ? safeLines(output) : output,
  }
}

function safeLines(text: string): string {
  return text.split('\n').map(safeText).join('\n')
}
