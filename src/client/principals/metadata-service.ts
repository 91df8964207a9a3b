/**
 * The metadata service of a compute instance: whether it is there, and what it says. No proxy is asked: its address is
 * one of the instance itself. That it is not there is known within two seconds, and remembered for ten.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { OciProfilesError } from '../../errors.ts'
import { readUrlVariable, type Environment } from '../environment.ts'
import { callOnce, NO_PROXIES, TransportError, type PlainAnswer } from '../transport/index.ts'

const USUAL_URL = 'http://169.254.169.254/opc/v2'
const CONNECTIONS = { connectTimeoutMs: 1000, proxies: NO_PROXIES, certificates: null }
const CALL_MS = 900
/** Between the tries while the service says that it is busy. */
const PATIENCE_MS = [50, 150, 300]
const REMEMBERED_MS = 10_000

/** Addresses at which nobody answered: with what words, and since when. */
const absences = new Map<string, { error: OciProfilesError; since: number }>()

export class MetadataService {
  readonly #url: string
  #region: string | null = null

  /** `OCI_METADATA_BASE_URL` names another place, with or without a slash at its end. Throws `SETTING_INVALID`. */
  constructor(env: Environment) {
    this.#url = readUrlVariable(env, 'OCI_METADATA_BASE_URL') ?? USUAL_URL
  }

  /** Identifier or short code. Rejects with `NOT_ON_OCI` when nothing answers, or something that is not OCI. */
  async region(signal?: AbortSignal): Promise<string> {
    if (this.#region !== null) return this.#region
    assertNotAbsent(this.#url)
    try {
      this.#region = await this.#askRegion(signal)
      return this.#region
    } catch (error) {
      // An answer that is none comes at once: it is asked for again.
      if (error instanceof OciProfilesError && error.cause instanceof TransportError) {
        absences.set(this.#url, { error, since: performance.now() })
      }
      throw error
    }
  }

  /** `identity/cert.pem`. Rejects with `NOT_ON_OCI`. */
  async read(path: string, signal?: AbortSignal): Promise<string> {
    const { status, text } = await this.#ask(path, signal)
    if (status === 200) return text
    throw new OciProfilesError('NOT_ON_OCI', `${this.#url}/${path} answered status ${status}`)
  }

  async #askRegion(signal?: AbortSignal): Promise<string> {
    const { status, text } = await this.#ask('instance/region', signal)
    const region = text.trim()
    if (status === 200 && /^[a-z0-9-]{2,63}$/.test(region)) return region
    const what = status === 200 ? 'something that is no region' : `status ${status}`
    const message = `${this.#url} answered ${what}: it is not OCI's metadata service`
    throw new OciProfilesError('NOT_ON_OCI', message)
  }

  async #ask(path: string, signal?: AbortSignal): Promise<PlainAnswer> {
    const startedAt = performance.now()
    try {
      return await this.#askPatiently(path, startedAt + CALL_MS, signal)
    } catch (error) {
      if (!(error instanceof TransportError) || error.code === 'CHECK_CANCELLED') throw error
      const { host } = new URL(this.#url)
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      const message = `No metadata service answers at ${host} (tried for ${seconds} s)`
      throw new OciProfilesError('NOT_ON_OCI', message, { cause: error })
    }
  }

  async #askPatiently(path: string, until: number, signal?: AbortSignal): Promise<PlainAnswer> {
    for (const ms of PATIENCE_MS) {
      const answer = await this.#askOnce(path, until, signal)
      const isBusy = answer.status === 429 || answer.status >= 500
      if (!isBusy || performance.now() + ms >= until) return answer
      await pause(ms)
    }
    return this.#askOnce(path, until, signal)
  }

  #askOnce(path: string, until: number, signal?: AbortSignal): Promise<PlainAnswer> {
    return callOnce({
      method: 'GET',
      url: new URL(`${this.#url}/${path}`),
      headers: new Headers({ authorization: 'Bearer Oracle' }),
      body: '',
      connections: CONNECTIONS,
      deadlineMs: Math.max(1, Math.ceil(until - performance.now())),
      signal,
    })
  }
}

function assertNotAbsent(url: string): void {
  const absence = absences.get(url)
  if (!absence) return
  if (performance.now() - absence.since >= REMEMBERED_MS) {
    absences.delete(url)
    return
  }
  const { message, cause } = absence.error
  throw new OciProfilesError('NOT_ON_OCI', message, { cause })
}
