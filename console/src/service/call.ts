/** One request to the REST API: the key goes along, problems come back as errors that hold them. */
import { noteServiceTime } from '../clock.ts'
import { apiKey, refuseKey } from '../session.ts'
import type { Problem } from './wire.ts'

/** The service answered, and it says what is wrong. */
export class ServiceProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

/** Nobody answered, or somebody who is not the service. */
export class Unreachable extends Error {}

export interface Request {
  query?: Record<string, string>
  body?: unknown
  ifMatch?: string | null
  signal?: AbortSignal
}

export interface Answer<T> {
  value: T
  etag: string | null
}

/** A check may take 15 s, and a change waits for the check that runs before it. */
const TIMEOUT_MS = 60_000

/** The service's own address, whatever prefix a proxy puts in front of it. */
const base = new URL('.', location.href)

export async function call<T>(
  method: string,
  path: string,
  { query, body, ifMatch, signal }: Request = {},
): Promise<Answer<T>> {
  const response = await send(method, path, {
    query,
    signal: timed(signal),
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(ifMatch && { 'if-match': ifMatch }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  if (!response.ok) throw await problemOf(response)
  const value = response.status === 204 ? undefined : await json(response)
  return { value: value as T, etag: response.headers.get('etag') }
}

/** What is answered, without its tag. */
export async function ask<T>(method: string, path: string, request?: Request): Promise<T> {
  return (await call<T>(method, path, request)).value
}

/** The bare answer, for streams; rejects with Unreachable when nobody answers. */
export async function send(
  method: string,
  path: string,
  { query, ...init }: RequestInit & { query?: Record<string, string> },
): Promise<Response> {
  const key = apiKey.peek() ?? ''
  const url = new URL(`v1/${path}`, base)
  url.search = new URLSearchParams(query).toString()
  try {
    const headers = { ...(init.headers as Record<string, string>), 'x-api-key': key }
    const response = await fetch(url, { ...init, method, headers, cache: 'no-store' })
    noteServiceTime(response.headers.get('date'))
    if (response.status === 401) refuseKey(key)
    return response
  } catch (error) {
    if (init.signal?.aborted && !isTimeout(init.signal)) throw error
    throw new Unreachable('The service does not answer.', { cause: error })
  }
}

/** What an answer that is no success says. */
export async function problemOf(response: Response): Promise<ServiceProblem | Unreachable> {
  const isProblem = response.headers.get('content-type')?.includes('problem+json')
  // A proxy answers in place of a service that is gone.
  if (!isProblem) return new Unreachable(`Something answered ${response.status} in its place.`)
  const problem = await json<Problem>(response)
  return problem.code === 'SHUTTING_DOWN'
    ? new Unreachable(problem.detail)
    : new ServiceProblem(problem)
}

async function json<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T
  } catch (error) {
    throw new Unreachable('The answer broke off.', { cause: error })
  }
}

function timed(signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  return signal ? AbortSignal.any([signal, timeout]) : timeout
}

function isTimeout(signal: AbortSignal): boolean {
  return signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
}
