/** A host that has no name in DNS because its region is misspelt: said in place of a hint at the network. */
import type { Environment } from '../client/index.ts'
import type { OciProfileConfig } from '../schemas/index.ts'
import { lookUpRegion } from './region.ts'
import { failure, type Failure } from './verdict.ts'

/** The same failure, with the region that was most likely meant where it is in no table of regions. */
export async function withMeantRegion(
  failed: Failure,
  profile: OciProfileConfig,
  env?: Environment,
): Promise<Failure> {
  const { region } = profile
  // Names of proxies, and of hosts that the environment sets, hold no region.
  if (failed.code !== 'DNS_FAILED' || !failed.message.includes(`.${region}.`)) return failed
  const nearest = (await lookUpRegion(profile, 'region', env))?.nearest
  if (!nearest) return failed
  const message = `${failed.message}: ${region} is not a region that the SDK knows, did you mean ${nearest}?`
  const fix = `Write region = ${nearest}; if ${region} is right, check the network and the DNS server.`
  return failure('DNS_FAILED', message, fix, failed.opc_request_id)
}
