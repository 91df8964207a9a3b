/** The REST API as a Fastify app: built here, made to listen by the lifecycle. */
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { promisify } from 'node:util'
import { OciProfilesError } from '../errors.ts'
import { loadOpenTelemetry } from '../trace.ts'
import { createAccess, type Area } from './access.ts'
import { clientFaultHandler, connectHandler, type ClientFaultDeps } from './client-fault.ts'
import { drain } from './drain.ts'
import { createEventHub, tellOfProfiles, type EventHub } from './events/index.ts'
import { acceptJsonBodies } from './json-body.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { lingerAtRefusals } from './linger.ts'
import { createMetrics, type Metrics } from './metrics/index.ts'
import { observe } from './observe.ts'
import { OpenRequests } from './open-requests.ts'
import { documentRoutes } from './openapi.ts'
import type { ApiOptions } from './ports.ts'
import { problemHandler } from './problem.ts'
import { createRequestId } from './request-id.ts'
import { requestPath } from './request-path.ts'
import { createDefineRoute, knowAllMethods, type TypedApp } from './route.ts'
import {
  checkRoutes,
  configFileRoutes,
  eventRoutes,
  healthRoutes,
  metricsRoute,
  openapiRoute,
  pageRoutes,
  profileRoutes,
  settingsRoutes,
} from './routes/index.ts'
import { cutOffStalled } from './stalled-clients.ts'
import { validatorCompiler } from './validate.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Which access rules hold; `api` where nothing is said. */
    area?: Area
    /** The answer goes on for as long as the client listens. */
    isStream?: boolean
  }
}

export interface Api {
  app: TypedApp
  metrics: Metrics
  events: EventHub
  /**
   * Takes no new connections and ends event streams; resolves when all that was under way has been answered. What is not
   * within `limitMs` is told that the service stops.
   */
  drain(limitMs: number): Promise<void>
}

/** Longest path that the header limit of 16 KiB leaves room for. */
const NAME_LIMIT = 16 * 1024
/** How often Node looks for requests that are too slow: its own 30 s would double the limit. */
const LOOK_FOR_SLOW_MS = 1_000

/** Builds the app; it does not listen. */
export async function createApi(options: ApiOptions): Promise<Api> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const docs = `${options.urlPrefix}/docs/errors`
  const handleProblem = problemHandler(docs, options.logger)
  const faults: ClientFaultDeps = {
    docs,
    told: (status) => metrics.requests.unreadable(status),
    replyOn: (socket) => open.on(socket),
  }
  const app: TypedApp = fastify({
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    // A request without Host is refused as all others are.
    http: { connectionsCheckingInterval: LOOK_FOR_SLOW_MS, requireHostHeader: false },
    keepAliveTimeout: limits.keepAliveMs,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: createRequestId,
    clientErrorHandler: clientFaultHandler(faults),
    frameworkErrors: (error, request, reply) => handleProblem(error, request, reply),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: NAME_LIMIT },
  })
  const open = new OpenRequests(app.server)
  app.server.on('connect', connectHandler(faults))
  // HTTP lets an expectation that is unknown be passed over; Node would refuse it without a word of why.
  app.server.on('checkExpectation', (request, response) => {
    app.server.emit('request', request, response)
  })
  app.server.maxConnections = limits.connections
  app.server.headersTimeout = limits.requestMs

  // Requests do not wait for it.
  await loadOpenTelemetry()
  const events = createEventHub(options.version)
  const metrics = createMetrics({
    ...options,
    connections: {
      open: promisify(app.server.getConnections.bind(app.server)),
      streams: () => events.openStreams,
    },
  })
  const stopTelling = tellOfProfiles(options.registry, events)
  // Streams never end by themselves: nobody is to wait for them.
  app.addHook('preClose', async () => {
    stopTelling()
    events.close()
  })
  app.setErrorHandler(handleProblem)
  app.setNotFoundHandler((request) => {
    throw notFound(request)
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  acceptJsonBodies(app)
  observe(app, options, metrics.requests, open)
  cutOffStalled(app, limits.stalledMs, options.logger)
  lingerAtRefusals(app)
  guard(app, options)

  await documentRoutes(app, options)
  knowAllMethods(app)
  const define = createDefineRoute(app)
  profileRoutes(app, define, options)
  configFileRoutes(app, define, options)
  checkRoutes(app, define, options)
  eventRoutes(app, define, options, events)
  settingsRoutes(app, define, options)
  healthRoutes(app, define, options)
  metricsRoute(app, define, options, metrics)
  openapiRoute(app, define, options)
  await pageRoutes(app, define, options)
  return { app, metrics, events, drain: (limitMs) => drain(app, open, limitMs) }
}

function guard(app: TypedApp, options: ApiOptions): void {
  const requireAccess = createAccess(options)
  // Every request comes through here: with a callback, because a promise would cost more than the work itself.
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff')
    try {
      if (options.readiness.isStopping()) refuseLateRequest(request, reply)
      requireAccess(request, areaOf(request, options.urlPrefix))
      // Before the body is read: there is nothing that it could be for.
      if (request.is404) throw notFound(request)
      done()
    } catch (error) {
      if (error instanceof OciProfilesError && error.code === 'UNAUTHENTICATED') {
        void reply.header('www-authenticate', 'Bearer realm="oci-profiles"')
      }
      done(error as Error)
    }
  })
}

function notFound(request: FastifyRequest): OciProfilesError {
  const fact = `There is no ${request.method} ${requestPath(request)}`
  return new OciProfilesError('ROUTE_NOT_FOUND', fact)
}

/** A connection that was open already may still bring one; health answers it to say that the service is stopping. */
function refuseLateRequest(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('connection', 'close')
  if (request.routeOptions.config?.area === 'health') return
  throw new OciProfilesError('SHUTTING_DOWN', 'The service takes no new requests')
}

/** As the route says that was found: of the address as it came there are more spellings than one. */
function areaOf({ is404, routeOptions, url }: FastifyRequest, prefix: string): Area {
  if (!is404) return routeOptions.config?.area ?? 'api'
  // There is nothing there. Who has no key learns as little of what might be.
  return url.startsWith(`${prefix}/v1`) || url.startsWith(`${prefix}/metrics`) ? 'api' : 'pages'
}
