/** `exec`: runs a command under a profile. */
import { OciProfilesError, type ErrorCode } from '../../errors.ts'
import type { ProfileRecord, ProfileRegistry } from '../../registry/index.ts'
import { checkProfiles } from '../check-profiles.ts'
import type { Answer, Request } from '../command.ts'
import { readConfigProfiles } from '../config-profiles.ts'
import { childEnvironment, environmentToChooseIn } from '../environment/index.ts'
import { EXIT } from '../exit-codes.ts'
import { keepSession, refreshFirst } from '../keep-session.ts'
import { missingCommand } from '../missing-command.ts'
import { findOneProfile } from '../one-profile.ts'
import { renderError, safeText } from '../render/index.ts'

export async function exec(request: Request): Promise<Answer> {
  const { flags, io, logger, names, rest } = request
  const place = { ...request, io: { ...io, env: environmentToChooseIn(io.env) } }
  if (rest.length === 0 && !io.isInteractive) throw missingCommand(['exec', ...names], 'exec')
  const { registry, configFile, notes } = await readConfigProfiles(place)
  const found = findOneProfile(registry, request)
  if (found instanceof OciProfilesError) return refuse(found, notes)
  const fault = flags.check ? await checkFault(registry, found, request) : null
  if (fault !== null) return refuse(fault, notes)

  const session = flags.refresh && isSession(found) ? await refreshFirst(found, request) : null
  if (session !== null && session.code !== null) {
    return refuse(notStarted(found, session), notes)
  }
  const beside = session && ((ended: AbortSignal) => keepSession(found, session, request, ended))
  const { env, set, removed } = childEnvironment(found, { configFile, cwd: io.cwd }, io.env)
  logger.debug({ set, removed }, 'environment of the command')
  const [program, ...args] = rest
  const answer =
    program === undefined ? startShell(found, env, notes) : { notes, child: { program, args, env } }
  return beside === null ? answer : { ...answer, beside }
}

/** For somebody at a terminal who names no command. */
function startShell(
  { profile }: ProfileRecord,
  env: Readonly<Record<string, string>>,
  notes: readonly string[],
): Answer {
  const program = shellOf(env)
  const note = safeText(`${program} under the profile ${profile.auth_profile}; "exit" leaves it.`)
  return { notes: [...notes, note], child: { program, args: [], env } }
}

function shellOf(env: Readonly<Record<string, string>>): string {
  return env['SHELL'] || (process.platform === 'win32' ? 'cmd.exe' : '/bin/sh')
}

function refuse(error: OciProfilesError, notes: readonly string[]): Answer {
  return { notes: [...notes, ...renderError(error, false)], exitCode: EXIT.failed }
}

/** Why the profile does not work, or `null`. */
async function checkFault(
  registry: ProfileRegistry,
  record: ProfileRecord,
  { io }: Request,
): Promise<OciProfilesError | null> {
  const [{ profile } = record] = await checkProfiles(registry, [record], io)
  const { check } = profile
  return check?.status === 'failed' ? notStarted(record, check) : null
}

function notStarted(
  { profile: { auth_profile } }: ProfileRecord,
  { code, message, fix }: { code: string; message: string; fix: string },
): OciProfilesError {
  const fact = `"${auth_profile}" does not work, so the command was not started: ${message}`
  return new OciProfilesError(code as ErrorCode, fact, { fix })
}

function isSession({ profile }: ProfileRecord): boolean {
  return profile.authentication === 'security_token'
}
