/** Tokens of principals: what each kind says of its bearer. */
import type { KeyObject } from 'node:crypto'
import type { InstancePrincipal, ResourcePrincipal, WorkloadPrincipal } from './principals.ts'
import type { TokenInput } from './tokens.ts'

export interface ResourceTokenInput {
  principal: ResourcePrincipal
  /** The public half of the resource's key pair: RSA, PEM or parsed. */
  publicKey: string | KeyObject
  /** Seconds from now; negative for a token that has expired. Default: the principal's `tokenLifetimeS`. */
  expiresInS?: number
}

/** `fingerprint` of the certificate that it was given for. */
export function instanceToken(
  { id, tenancy, compartment, tokenLifetimeS }: InstancePrincipal,
  publicKey: KeyObject,
  fingerprint: string,
): TokenInput {
  const bearer = {
    sub: id,
    tenant: tenancy,
    ptype: 'instance',
    ttype: 'x509',
    aud: 'oci',
    fprint: fingerprint,
    'opc-certtype': 'instance',
    'opc-instance': id,
    'opc-compartment': compartment,
    'opc-tenant': tenancy,
  } as const
  return { bearer, publicKey, expiresInS: tokenLifetimeS }
}

export function workloadToken(principal: WorkloadPrincipal, publicKey: KeyObject): TokenInput {
  const bearer = {
    ...resourceClaims(principal),
    ptype: 'workload',
    res_type: 'workload',
  } as const
  return { bearer, publicKey, expiresInS: principal.tokenLifetimeS }
}

export function resourceToken(input: ResourceTokenInput): TokenInput {
  const { principal, publicKey, expiresInS = principal.tokenLifetimeS } = input
  const bearer = {
    ...resourceClaims(principal),
    ptype: 'resource',
    res_type: principal.resourceType,
  } as const
  return { bearer, publicKey, expiresInS }
}

function resourceClaims({ id, tenancy, compartment }: WorkloadPrincipal | ResourcePrincipal) {
  return {
    sub: id,
    tenant: tenancy,
    ttype: 'res_sp',
    aud: 'oci',
    'opc-tenant': tenancy,
    'opc-compartment': compartment,
    res_id: id,
    res_tenant: tenancy,
    res_compartment: compartment,
  } as const
}
