/** `resource_principal`, version 2.2: OCI puts token and key of the resource into its environment, as values or as files. */
import { isAbsolute } from 'node:path'
import { OciProfilesError } from '../../errors.ts'
import type { OciProfileConfig } from '../../schemas/index.ts'
import { Secret } from '../../secret.ts'
import { readVariable, type Environment } from '../environment.ts'
import { fileStamp } from '../file-stamp.ts'
import { parsePrivateKey } from '../keys/index.ts'
import { homeOfToken } from '../principals/index.ts'
import { FileFaultError, readSmallFile } from '../read-small-file.ts'
import { NativeSigner } from '../signing/index.ts'
import { parseSessionToken } from '../tokens/index.ts'
import type { SignerContext } from './signer-factory.ts'
import { TokenSource } from './token-source.ts'

const VERSION = 'OCI_RESOURCE_PRINCIPAL_VERSION'
const RPST = 'OCI_RESOURCE_PRINCIPAL_RPST'
const PRIVATE_PEM = 'OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM'
const PASS_PHRASE = 'OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM_PASSPHRASE'

/** Each a value, or the absolute path of a file that holds it. */
export const RESOURCE_PRINCIPAL_VARIABLES = [RPST, PRIVATE_PEM, PASS_PHRASE]

/** OCI renews what it put there: nothing in the profile mends it. */
const RENEWED = 'OCI renews the token of its resources: restart the resource if it does not.'

export function resourcePrincipalSigner(
  _profile: OciProfileConfig,
  { env, now }: SignerContext,
): NativeSigner {
  assertVersion(env)
  const origin = { field: RPST, fix: RENEWED }
  const source = new TokenSource({
    stamp: async () =>
      (await Promise.all(RESOURCE_PRINCIPAL_VARIABLES.map((name) => stampOf(env, name)))).join(' '),
    readToken: async () =>
      parseSessionToken(await readRequired(env, RPST), { ...origin, name: `the token in ${RPST}` }),
    readKey: async () => {
      const bytes = await readRequired(env, PRIVATE_PEM)
      const passPhrase = await readPassPhrase(env)
      const name = `the key in ${PRIVATE_PEM}`
      return parsePrivateKey(bytes, passPhrase, {
        name,
        path: null,
        field: PRIVATE_PEM,
        passPhraseField: PASS_PHRASE,
      })
    },
    origin,
    homeOf: homeOfToken,
    now,
  })
  return new NativeSigner(source)
}

function assertVersion(env: Environment): void {
  const version = readVariable(env, VERSION)
  if (version === '2.2') return
  if (version === null) {
    throw new OciProfilesError('RESOURCE_PRINCIPAL_UNAVAILABLE', `${VERSION} is not set`, {
      field: VERSION,
    })
  }
  throw new OciProfilesError(
    'RESOURCE_PRINCIPAL_UNAVAILABLE',
    `${VERSION} is ${JSON.stringify(version)}; only resource principals of version 2.2 can be used`,
    {
      field: VERSION,
      fix: 'Have the resource offer version 2.2, or choose another authentication type here.',
    },
  )
}

async function readRequired(env: Environment, name: string): Promise<Buffer> {
  const bytes = await readValue(env, name)
  if (bytes) return bytes
  throw new OciProfilesError('RESOURCE_PRINCIPAL_UNAVAILABLE', `${name} is not set`, {
    field: name,
  })
}

async function readPassPhrase(env: Environment): Promise<Secret | null> {
  const bytes = await readValue(env, PASS_PHRASE)
  // A file made with an editor ends with a line break that belongs to no pass phrase.
  const text = bytes?.toString('utf8').replace(/\r?\n$/, '')
  return text ? new Secret(text) : null
}

/** The value of the variable, or the content of the file that it names. */
async function readValue(env: Environment, name: string): Promise<Buffer | null> {
  const value = readVariable(env, name)
  if (value === null) return null
  if (!isAbsolute(value)) return Buffer.from(value)
  try {
    return await readSmallFile(value)
  } catch (error) {
    if (!(error instanceof FileFaultError)) throw error
    const message = `${value}, which ${name} names, ${error.message}`
    throw new OciProfilesError('RESOURCE_PRINCIPAL_UNAVAILABLE', message, { field: name })
  }
}

async function stampOf(env: Environment, name: string): Promise<string> {
  const value = readVariable(env, name)
  return value !== null && isAbsolute(value) ? `${value}@${await fileStamp(value)}` : `${value}`
}
