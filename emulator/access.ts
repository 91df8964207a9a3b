/** What each kind of route asks of a request before it answers, and whom the request claims to come from. */
import type { Authorization } from './authorization-header.ts'
import type { Callers } from './callers.ts'
import { findCertificateSigner, parseFederationKeyId } from './certificate-lookup.ts'
import type { Instances } from './instances.ts'
import { singleHeader, type ReceivedRequest } from './received-request.ts'
import { NOT_ALLOWED, NOT_FOUND, NOT_IDENTIFIED, type Refusal } from './refusals.ts'
import { claimedAccount, type ServiceAccounts } from './service-accounts.ts'
import { claimOf, findClaim, findSigner, NOBODY, type Claim } from './signer-lookup.ts'
import type { Tokens } from './tokens.ts'
import { refuse, verifyRequest, type SigningRule, type Verdict } from './verify-request.ts'

/**
 * `standard` and `upload`: signed with an API key or a token's key. `certificate`: signed with the key of the certificate
 * in the body. `metadata`: unsigned, with the metadata service's fixed header. `service_account`: with a token of Kubernetes.
 */
export type Access = SigningRule | 'metadata' | 'service_account'

/** Whom and what the emulator knows. */
export interface Directory {
  callers: Callers
  tokens: Tokens
  instances: Instances
  /** `null`: no cluster was started. */
  cluster: { accounts: ServiceAccounts; enhanced: boolean } | null
}

export interface Applicant {
  headers: ReceivedRequest['headers']
  /** `null`: no signature was sent, or none that can be read. */
  authorization: Authorization | null
}

export interface Application extends Applicant {
  request: ReceivedRequest
  /** The service's clock, in milliseconds. */
  now: number
}

interface Gate {
  /** Not verified. */
  claim: (applicant: Applicant, directory: Directory) => Claim
  admit: (application: Application, directory: Directory) => Verdict
}

export const GATES: Record<Access, Gate> = {
  standard: signedGate('standard'),
  upload: signedGate('upload'),
  certificate: { claim: claimOfCertificate, admit: admitByCertificate },
  metadata: { claim: (_, { instances }) => claimOf(instances.principal), admit: admitToMetadata },
  service_account: { claim: claimOfAccount, admit: admitByAccount },
}

function signedGate(rule: SigningRule): Gate {
  return {
    claim: ({ authorization }, { callers }) => findClaim(authorization?.keyId ?? null, callers),
    admit: ({ request, authorization, now }, directory) =>
      verifyRequest({
        request,
        authorization,
        rule,
        now,
        findSigner: (keyId) => findSigner(keyId, directory, now),
      }),
  }
}

/** A fingerprint names nobody before its certificate was seen: of a tenancy, it is the one machine that there is. */
function claimOfCertificate(
  { authorization }: Applicant,
  { instances: { principal } }: Directory,
): Claim {
  const named = parseFederationKeyId(authorization?.keyId ?? '')
  return named !== null && named.tenancy === principal?.tenancy ? claimOf(principal) : NOBODY
}

function admitByCertificate(
  { request, authorization, now }: Application,
  { callers, instances: { root } }: Directory,
): Verdict {
  const { body } = request
  return verifyRequest({
    request,
    authorization,
    rule: 'certificate',
    now,
    findSigner: (keyId) => findCertificateSigner({ keyId, body }, { root, callers }, now),
  })
}

function admitToMetadata({ headers }: Application, { instances: { principal } }: Directory) {
  for (const name of headers.keys()) {
    if (name === 'forwarded' || name.startsWith('x-forwarded-')) return refuse(NOT_ALLOWED)
  }
  if (singleHeader(headers, 'authorization') !== 'Bearer Oracle') return refuse(NOT_IDENTIFIED)
  return principal === null ? refuse(NOT_FOUND) : admit(principal)
}

function claimOfAccount({ headers }: Applicant, { callers }: Directory): Claim {
  const account = claimedAccount(bearerToken(headers))
  return account === null ? NOBODY : claimOf(callers.byServiceAccount(account))
}

function admitByAccount({ headers, now }: Application, { callers, cluster }: Directory): Verdict {
  const account = cluster?.accounts.read(bearerToken(headers), now) ?? null
  if (account === null || cluster === null) return refuse(NOT_IDENTIFIED)
  if (!cluster.enhanced) return refuse(BASIC_CLUSTER)
  const principal = callers.byServiceAccount(account)
  return principal === null ? refuse(NOT_IDENTIFIED) : admit(principal)
}

function bearerToken(headers: ReceivedRequest['headers']): string {
  return /^Bearer +([\w.-]+)$/i.exec(singleHeader(headers, 'authorization') ?? '')?.[1] ?? ''
}

const admit = (caller: NonNullable<Claim['caller']>): Verdict => ({
  verified: true,
  caller,
  token: null,
})

const BASIC_CLUSTER: Refusal = {
  ...NOT_ALLOWED,
  message: 'Workload identity is for enhanced clusters; this is a basic one.',
}
