/**
 * Answers a completion script: on the first line what kind of words may stand at the cursor, then the words, each with
 * what it is about behind a tab. Whatever goes wrong, the answer is none: nobody wants to read errors while typing.
 */
import { readOciProfiles } from '../../registry/index.ts'
import { foldName } from '../../schemas/index.ts'
import { EXIT } from '../exit-codes.ts'
import type { Io } from '../io.ts'
import { safeText } from '../render/index.ts'
import { findCandidates, type Candidate } from './candidates.ts'
import { readLine } from './line.ts'
import { readCall, readTypedWords, type Call } from './typed-words.ts'

type Surroundings = Pick<Io, 'stdout' | 'env'>

/** What follows COMPLETE_WORD; the last word is the one at the cursor. Always done; rejects with nothing. */
export async function complete(argv: readonly string[], io: Surroundings): Promise<number> {
  try {
    const call = readCall(argv)
    if (call !== null) io.stdout.write(await answer(call, io.env))
  } catch {
    // No words, then.
  }
  return EXIT.done
}

async function answer(call: Call, env: Surroundings['env']): Promise<string> {
  const { shell } = call
  const { before, current, keptLength } = readTypedWords(call)
  const line = readLine(before, current)
  const found = await findCandidates(line, (file) => readNames(file, env))
  if (found.kind !== 'words') return `${found.kind}\n`
  // Fish compares by itself, and finds more than what begins so.
  const fitting = shell === 'fish' ? found.words : found.words.filter(beginsWith(current))
  const lines = fitting.map(({ value, about }) => {
    const text = value.slice(keptLength)
    return shell === 'bash' || about === '' ? text : `${text}\t${safeText(about)}`
  })
  return `${['words', ...lines].join('\n')}\n`
}

/** In any case, as names of profiles are looked up. */
function beginsWith(current: string): (candidate: Candidate) => boolean {
  const start = foldName(current)
  return ({ value }) => foldName(value).startsWith(start)
}

/** Names that can be typed at all; a name like an option would be taken for one. */
async function readNames(
  configFile: string | undefined,
  env: Surroundings['env'],
): Promise<Candidate[]> {
  const file = configFile && expandVariables(configFile, env)
  const { registry } = await readOciProfiles({ configFile: file, env })
  const typeable = registry.list().filter(({ auth_profile }) => {
    return safeText(auth_profile) === auth_profile && !auth_profile.startsWith('-')
  })
  return typeable.map(({ auth_profile, authentication, region }) => ({
    value: auth_profile,
    about: [authentication, region].filter((part) => part !== null).join(', '),
  }))
}

/** Shells hand over the line as it was typed: `$HOME/.oci/config`. */
function expandVariables(path: string, env: Surroundings['env']): string {
  return path.replaceAll(/\$(?:(\w+)|\{(\w+)\})/g, (all, bare?: string, braced?: string) => {
    return env[bare ?? braced ?? ''] ?? all
  })
}
