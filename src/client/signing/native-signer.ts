/**
 * The SDK's `RequestSigner` on node:crypto: draft-cavage HTTP signatures, version 1, rsa-sha256, as OCI takes them.
 * Where the key comes from, and whether it still holds, is the credential source's work.
 */
import type { HttpRequest, RequestSigner } from 'oci-common'
import { authorize } from './authorize.ts'
import type { CredentialSource, Home } from './credentials.ts'
import { setBodyHeaders } from './signing-string.ts'

/** The SDK's interface, with the promise that it really returns. */
export interface OciRequestSigner extends RequestSigner {
  /**
   * Sets date, host, body headers and `authorization` on `request.headers`. A body that is a stream is read, and its bytes
   * take its place in `request.body`, unless `excludeBody` leaves the body out of the signature.
   */
  signHttpRequest(request: HttpRequest, excludeBody?: boolean): Promise<void>
}

const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH'])
const UNKNOWN_HOME: Home = { region: null, tenancy: null }

export class NativeSigner implements OciRequestSigner {
  readonly #credentials: CredentialSource

  constructor(credentials: CredentialSource) {
    this.#credentials = credentials
  }

  /** Known once the signer has signed or was refreshed. */
  get home(): Home {
    return this.#credentials.home?.() ?? UNKNOWN_HOME
  }

  /** Looks at the files of the key again. Rejects when the next signature would. */
  async refresh(signal?: AbortSignal): Promise<void> {
    await this.#credentials.refresh(signal)
  }

  /** `signal` ends the waiting for credentials. */
  async signHttpRequest(
    request: HttpRequest,
    excludeBody = false,
    signal?: AbortSignal,
  ): Promise<void> {
    const isBodySigned = !excludeBody && METHODS_WITH_BODY.has(request.method.toUpperCase())
    if (isBodySigned) await setBodyHeaders(request)
    const credentials = await this.#credentials.current(signal)
    authorize(request, credentials, { isBodySigned, dateHeader: 'x-date' })
  }

  /** After a 401: true when signing the request again makes it another one. Rejects only when it is cancelled. */
  async replaceCredentials({ headers }: HttpRequest, signal?: AbortSignal): Promise<boolean> {
    const keyId = /keyId="([^"]*)"/.exec(headers.get('authorization') ?? '')?.[1]
    if (keyId === undefined) return false
    return (await this.#credentials.replace?.(keyId, signal)) ?? false
  }
}
