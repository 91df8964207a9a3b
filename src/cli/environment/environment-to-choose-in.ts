/** The environment that a profile is chosen in: what an earlier choice has written there is no part of DEFAULT. */
import { foldName, OCI_CLI_VARIABLES } from '../../schemas/index.ts'
import { OCI_CLI_PLACE } from './variable-names.ts'

type Env = Readonly<NodeJS.ProcessEnv>

const IDENTITY: ReadonlySet<string> = new Set(Object.values(OCI_CLI_VARIABLES))

/**
 * Where another profile than DEFAULT is named, the variables of an identity are its own, as the OCI CLI has it. Who asks
 * for DEFAULT there must not get that one under another name.
 */
export function environmentToChooseIn(env: Env): Env {
  const named = env[OCI_CLI_PLACE.profile]
  if (!named || foldName(named) === foldName('DEFAULT')) return env
  return Object.fromEntries(Object.entries(env).filter(([name]) => !IDENTITY.has(name)))
}
