/** A reply of the service that is no success → code, fact and fix. Never quotes the body. Pure. */
import { durationText, explainClockSkew } from '../client/index.ts'
import type { CheckCode } from '../errors.ts'
import type { OciProfileConfig } from '../schemas/index.ts'
import { notAuthenticatedFix, notAuthorizedFix } from './identity-fix.ts'
import { quoted } from './quoted.ts'

export interface Reply {
  host: string
  status: number
  /** `code` of the body, where the body is an error of OCI. */
  serviceCode: string | null
  contentType: string | null
  date: string | null
  retryAfter: string | null
  opcRequestId: string | null
  /** Local time at arrival, in milliseconds since 1970. */
  arrivedAt: number
  roundTripMs: number
}

export interface Explanation {
  code: CheckCode
  message: string
  /** Left out where the table's says it all. */
  fix?: string
}

export function explainReply(reply: Reply, profile: OciProfileConfig): Explanation {
  const { status } = reply
  if (status >= 500) return serviceError(reply)
  if (status === 429) return rateLimited(reply)
  if (!isFromOci(reply)) return unexpected(reply)
  if (status === 401) return notAuthenticated(reply, profile)
  if (status === 403 || status === 404) return notAuthorized(reply, profile)
  return unexpected(reply)
}

/** OCI numbers each reply and gives each refusal a code; a proxy or a portal does neither. */
function isFromOci({ opcRequestId, serviceCode }: Reply): boolean {
  return opcRequestId !== null || serviceCode !== null
}

function notAuthenticated(reply: Reply, profile: OciProfileConfig): Explanation {
  const skew = explainClockSkew(reply)
  if (skew) return { code: 'CLOCK_SKEW', ...skew }
  return {
    code: 'NOT_AUTHENTICATED',
    message: `${reply.host} answered ${statusText(reply)}: it does not accept the identity`,
    fix: notAuthenticatedFix(profile),
  }
}

function notAuthorized(reply: Reply, profile: OciProfileConfig): Explanation {
  return {
    code: 'NOT_AUTHORIZED',
    message:
      `${reply.host} answered ${statusText(reply)}: ` +
      'the identity is accepted, but may not read the Object Storage namespace',
    fix: notAuthorizedFix(profile),
  }
}

function rateLimited(reply: Reply): Explanation {
  const seconds = Number(reply.retryAfter)
  const message = `${reply.host} answered ${statusText(reply)}: too many requests`
  if (reply.retryAfter === null || !Number.isInteger(seconds) || seconds < 0) {
    return { code: 'RATE_LIMITED', message }
  }
  return {
    code: 'RATE_LIMITED',
    message: `${message}; it asks to wait ${durationText(seconds * 1000)}`,
    fix: `Wait ${durationText(seconds * 1000)} and check again.`,
  }
}

function serviceError(reply: Reply): Explanation {
  const message = `${reply.host} answered ${statusText(reply)}`
  if (reply.opcRequestId !== null) return { code: 'SERVICE_ERROR', message }
  return {
    code: 'SERVICE_ERROR',
    message: `${message} without an opc-request-id, so it may come from a proxy`,
    fix: 'Try again later; if it stays so, check the proxy between here and OCI.',
  }
}

function unexpected(reply: Reply): Explanation {
  const type = reply.contentType?.split(';')[0]?.trim()
  const came = `${statusText(reply)} with ${type ? quoted(type) : 'no content type'}`
  const { what, fix } = describe(reply)
  const message = `${reply.host} answered ${came}: ${what}`
  return { code: 'UNEXPECTED_RESPONSE', message, fix }
}

function describe(reply: Reply): { what: string; fix?: string } {
  const { status, opcRequestId } = reply
  if (status < 300) return { what: 'that is not a namespace' }
  if (status < 400) {
    return {
      what: 'it sends the request elsewhere, which OCI never does',
      fix: 'Sign in to the network if it has a sign-in page, and check the proxy settings.',
    }
  }
  if (status === 407) {
    return {
      what: 'the proxy wants a user name and a password',
      fix: 'Put user and password of the proxy into HTTPS_PROXY: http://USER:PASSWORD@HOST:PORT.',
    }
  }
  if (opcRequestId === null) return { what: 'that does not come from OCI' }
  return {
    what: 'OCI does not take the request',
    fix: 'Give the opc_request_id to support.',
  }
}

function statusText({ status, serviceCode }: Reply): string {
  return serviceCode === null ? `${status}` : `${status} ${serviceCode}`
}
