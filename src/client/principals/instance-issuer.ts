/** `instance_principal`: the instance's certificate is exchanged for a token at OCI's auth service. */
import { authRequest, type AuthRequest } from '../auth-request.ts'
import { connectionsToOci } from '../connections-to-oci.ts'
import type { Environment } from '../environment.ts'
import { resolveEndpoint } from '../place/index.ts'
import type { ExchangeStep } from './explain-refusal.ts'
import { readInstanceIdentity, type InstanceIdentity } from './instance-identity.ts'
import type { Issuer } from './issuer.ts'
import { MetadataService } from './metadata-service.ts'
import type { SessionKey } from './session-key.ts'
import { exchangeToken } from './token-exchange.ts'

const STEP: ExchangeStep = {
  name: 'the federation of this instance',
  isNumbered: true,
  notAuthenticated: {
    what: 'it does not accept the certificate of the instance',
    fix: 'See that the instance still exists in its tenancy, and check again in a minute.',
  },
  notAuthorized: {
    what: 'the instance is not given a token',
    fix: 'See that the instance still exists and that its tenancy is active, and check again in a minute.',
  },
}

/** Throws `SETTING_INVALID`. */
export function instanceIssuer(env: Environment): Issuer {
  const metadata = new MetadataService(env)
  return async (sessionKey, signal) => {
    const region = await metadata.region(signal)
    const identity = await readInstanceIdentity(metadata, signal)
    const { tenancy } = identity
    const endpoint = await resolveEndpoint({ service: 'auth', region, tenancy, env })
    const key = await sessionKey()
    const exchange = {
      step: STEP,
      ...(await federationRequest(`${endpoint}/v1/x509`, identity, key)),
      connections: await connectionsToOci(env),
      signal,
      readToken: (text: string) => (JSON.parse(text) as { token?: unknown }).token,
    }
    const issued = await exchangeToken(exchange, key)
    return { ...issued, key: key.privateKey, home: { region, tenancy } }
  }
}

/** Signed with the key of the certificate that it holds. */
function federationRequest(
  uri: string,
  identity: InstanceIdentity,
  { publicKey }: SessionKey,
): Promise<AuthRequest> {
  const content = {
    certificate: identity.leaf.raw.toString('base64'),
    publicKey,
    intermediateCertificates: identity.intermediates.map(({ raw }) => raw.toString('base64')),
    purpose: 'DEFAULT',
    fingerprintAlgorithm: 'SHA256',
  }
  return authRequest(uri, content, identity)
}
