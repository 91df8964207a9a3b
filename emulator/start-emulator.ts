/** Starts and stops the emulator: what it knows, its doors, and the handle that users hold. */
import { Callers } from './callers.ts'
import { ClusterStart } from './cluster-start.ts'
import type { OkeOptions, OkeTokenService } from './cluster.ts'
import { openDoor } from './door.ts'
import { Faults, type Fault } from './faults.ts'
import { serveWith, type Setting } from './handle-request.ts'
import type { Identity, IdentityInput } from './identities.ts'
import { Instances, type RotationOptions } from './instances.ts'
import { resourceToken, type ResourceTokenInput } from './principal-tokens.ts'
import { makePrincipal, type PrincipalInput, type PrincipalOf } from './principals.ts'
import { processKey } from './process-keys.ts'
import { RequestLog, type RequestEntry } from './request-log.ts'
import { ObjectStore } from './routes/index.ts'
import { SERVICES, type Service } from './service.ts'
import { sessionToken, type SessionTokenInput } from './session-tokens.ts'
import { Tokens } from './tokens.ts'

export interface EmulatorOptions {
  /** Default 0: any free one. */
  port?: number
  /** Default 127.0.0.1. */
  host?: string
  /** PEM. With it the emulator speaks HTTPS. */
  tls?: { key: string; cert: string }
  /** The clock, milliseconds since 1970. Default Date.now. */
  now?: () => number
  /** Told of every request when it is over. */
  log?: (entry: RequestEntry) => void
  /** Longest body that is taken. Default 8 MiB. */
  maxBodyBytes?: number
  /** Bytes of objects that are kept altogether. Default 64 MiB. */
  maxStoredBytes?: number
}

export interface Emulator extends AsyncDisposable {
  /** Base URL, without a trailing slash. */
  readonly url: string
  readonly port: number
  /** The last 1000 requests, oldest first: a copy without anything secret. */
  readonly requests: readonly RequestEntry[]
  /** Requests to each service since the start, good and bad. */
  readonly requestCounts: Readonly<Record<Service, number>>
  /** Makes a user known. A name that is taken gives way. Throws TypeError for a key that is not RSA. */
  addIdentity: (input: IdentityInput) => Identity
  /**
   * Makes a principal known. A name that is taken gives way. The metadata service speaks for the instance that was added
   * last; until one was, it answers 404.
   */
  addPrincipal: <Kind extends PrincipalInput['kind']>(
    input: Extract<PrincipalInput, { kind: Kind }>,
  ) => Promise<PrincipalOf<Kind>>
  /** A new key and certificate for the instance. Rejects with RangeError where there is none. */
  rotateInstanceCertificate: (options?: RotationOptions) => Promise<void>
  /** A session token, as `security_token_file` holds it. */
  mintSessionToken: (input: SessionTokenInput) => string
  /** A resource principal's session token, as OCI_RESOURCE_PRINCIPAL_RPST holds it. */
  mintResourcePrincipalToken: (input: ResourceTokenInput) => string
  /** `null` until it is started. */
  readonly oke: OkeTokenService | null
  /** Once: later calls give the service that is there. */
  startOkeTokenService: (options?: OkeOptions) => Promise<OkeTokenService>
  /**
   * Faults for an identity or principal (by name, or by the OCID of user, instance, workload or resource), or for all requests (`null`). Replaces those that were
   * set there before; `null` takes them back. Throws RangeError for a name that nobody has.
   */
  setFault: (owner: string | null, fault: Fault | readonly Fault[] | null) => void
  /** Ends everything at once, hung connections too. Resolves when the port is free. */
  close: () => Promise<void>
}

const MIB = 1024 * 1024
const OCI = SERVICES.filter((service) => service !== 'oke')

/** Rejects with Node's own error when the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, host = '127.0.0.1', tls, now = Date.now, log = () => {} } = options
  const { maxBodyBytes = 8 * MIB, maxStoredBytes = 64 * MIB } = options
  const closing = new AbortController()
  const callers = new Callers()
  const instances = new Instances(now)
  const tokens = new Tokens(await processKey('tokens'))
  const objects = new ObjectStore(maxStoredBytes)
  const setting: Setting = {
    services: OCI,
    faults: new Faults(),
    log: new RequestLog(),
    world: { objects, callers, tokens, instances, cluster: null },
    maxBodyBytes,
    now,
    closing: closing.signal,
    report: log,
  }
  const main = await openDoor({ port, host, tls, serve: serveWith(setting) })
  const cluster = new ClusterStart(setting, host)

  let closed: Promise<void> | undefined
  const close = () => {
    closing.abort()
    return (closed ??= Promise.all([main.close(), cluster.close()]).then(() => {}))
  }
  return {
    url: main.url,
    port: main.port,
    get requests() {
      return setting.log.entries()
    },
    get requestCounts() {
      return setting.log.counts()
    },
    addIdentity: (input) => callers.addIdentity(input),
    addPrincipal: (input) => addPrincipal(setting, input),
    rotateInstanceCertificate: (options = {}) => instances.rotate(options),
    mintSessionToken: (input) => tokens.mint(sessionToken(input), now()),
    mintResourcePrincipalToken: (input) => tokens.mint(resourceToken(input), now()),
    get oke() {
      return cluster.service
    },
    startOkeTokenService: (options = {}) => cluster.start(options),
    setFault: (owner, fault) => setFault(setting, owner, fault),
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function addPrincipal<Kind extends PrincipalInput['kind']>(
  { world: { callers, instances } }: Setting,
  input: Extract<PrincipalInput, { kind: Kind }>,
): Promise<PrincipalOf<Kind>> {
  const principal = makePrincipal(input)
  if (principal.kind === 'instance') await instances.install(principal)
  callers.addPrincipal(principal)
  return principal as PrincipalOf<Kind>
}

function setFault(
  { world: { callers }, faults }: Setting,
  owner: string | null,
  fault: Fault | readonly Fault[] | null,
): void {
  if (owner !== null && callers.byName(owner) === null && !owner.startsWith('ocid1.')) {
    throw new RangeError(`nobody is named ${owner}`)
  }
  const list: readonly Fault[] = fault === null ? [] : 'kind' in fault ? [fault] : fault
  faults.set(owner, list)
}
