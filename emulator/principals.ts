/** Callers that are no users: an instance, a workload of OKE, a resource such as a function. */
import { makeOcid } from './ocid.ts'

interface CommonInput {
  /** Any name; faults are set by it. */
  name: string
  /** OCID of the tenancy. */
  tenancy: string
  /** OCID of the instance, workload or resource. Default: one that is made of the name. */
  id?: string
  /** OCID. Default: the tenancy, which is its own root compartment. */
  compartment?: string
  /** Object Storage namespace of the tenancy. */
  namespace: string
  /** False: no policy allows Object Storage, every call to it answers 404. Default true. */
  namespaceAllowed?: boolean
  /** Life of the tokens that it is given, in seconds. Default 1200. */
  tokenLifetimeS?: number
}

export type PrincipalInput = CommonInput &
  (
    | {
        kind: 'instance'
        /** Default eu-frankfurt-1. */
        region?: string
      }
    | { kind: 'workload'; serviceAccount: ServiceAccount }
    | {
        kind: 'resource'
        /** As its token names it. Default fnfunc: a function. */
        resourceType?: string
      }
  )

/** Of Kubernetes. */
export interface ServiceAccount {
  namespace: string
  name: string
}

interface Common {
  readonly name: string
  readonly tenancy: string
  readonly id: string
  readonly compartment: string
  readonly namespace: string
  readonly namespaceAllowed: boolean
  readonly tokenLifetimeS: number
}

export interface InstancePrincipal extends Common {
  readonly kind: 'instance'
  readonly region: string
}

export interface WorkloadPrincipal extends Common {
  readonly kind: 'workload'
  readonly serviceAccount: Readonly<ServiceAccount>
}

export interface ResourcePrincipal extends Common {
  readonly kind: 'resource'
  readonly resourceType: string
}

export type Principal = InstancePrincipal | WorkloadPrincipal | ResourcePrincipal
export type PrincipalOf<Kind extends Principal['kind']> = Extract<Principal, { kind: Kind }>

const DEFAULT_LIFETIME_S = 20 * 60

export function makePrincipal(input: PrincipalInput): Principal {
  const { kind, name, tenancy, namespace, namespaceAllowed = true } = input
  const { id = makeOcid(kind, name), compartment = tenancy } = input
  const { tokenLifetimeS = DEFAULT_LIFETIME_S } = input
  const common = { name, tenancy, id, compartment, namespace, namespaceAllowed, tokenLifetimeS }
  return Object.freeze({ ...common, ...ownFields(input) })
}

function ownFields(input: PrincipalInput) {
  switch (input.kind) {
    case 'instance':
      return { kind: input.kind, region: input.region ?? 'eu-frankfurt-1' }
    case 'workload':
      return { kind: input.kind, serviceAccount: { ...input.serviceAccount } }
    default:
      return { kind: input.kind, resourceType: input.resourceType ?? 'fnfunc' }
  }
}
