/** The REST API as a Fastify app: built here, made to listen by the lifecycle. */
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { OciProfilesError } from '../errors.ts'
import { createAccess, type Area } from './access.ts'
import { clientFaultHandler } from './client-fault.ts'
import { acceptJsonBodies } from './json-body.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { documentRoutes, openapiRoute } from './openapi.ts'
import type { ApiOptions } from './ports.ts'
import { problemHandler } from './problem.ts'
import { createRequestId } from './request-id.ts'
import { createDefineRoute, type TypedApp } from './route.ts'
import {
  healthRoutes,
  metricsRoute,
  pageRoutes,
  profileRoutes,
  settingsRoutes,
} from './routes/index.ts'
import { validatorCompiler } from './validate.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Which access rules hold; `api` where nothing is said. */
    area?: Area
  }
}

export interface Api {
  app: TypedApp
  metrics: Metrics
}

const BODY_LIMIT = 1024 * 1024
/** Longest path that the header limit of 16 KiB leaves room for. */
const NAME_LIMIT = 16 * 1024
const REQUEST_TIMEOUT_MS = 30_000
const KEEP_ALIVE_MS = 65_000
const MAX_CONNECTIONS = 2_000

/** Builds the app; it does not listen. */
export async function createApi(options: ApiOptions): Promise<Api> {
  const docs = `${options.urlPrefix}/docs/errors`
  const handleProblem = problemHandler(docs, options.logger)
  const app: TypedApp = fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // How often Node looks for requests that are too slow: its own 30 s would double the limit.
    http: { connectionsCheckingInterval: 1_000 },
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: createRequestId,
    clientErrorHandler: clientFaultHandler(docs),
    frameworkErrors: (error, request, reply) => handleProblem(error, request, reply),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: NAME_LIMIT },
  })
  app.server.maxConnections = MAX_CONNECTIONS
  app.server.headersTimeout = REQUEST_TIMEOUT_MS

  const metrics = createMetrics(options.registry, options.readiness)
  app.setErrorHandler(handleProblem)
  app.setNotFoundHandler((request) => {
    throw new OciProfilesError('ROUTE_NOT_FOUND', `There is no ${request.method} ${path(request)}`)
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  acceptJsonBodies(app)
  guard(app, options)
  observe(app, options, metrics)

  await documentRoutes(app, options)
  const define = createDefineRoute(app)
  profileRoutes(app, define, options)
  settingsRoutes(app, define, options)
  healthRoutes(app, define, options)
  metricsRoute(app, define, options, metrics)
  openapiRoute(app, define, options)
  await pageRoutes(app, options)
  return { app, metrics }
}

function guard(app: TypedApp, options: ApiOptions): void {
  const requireAccess = createAccess(options)
  // Every request comes through here: with a callback, because a promise would cost more than the work itself.
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff')
    try {
      if (options.readiness.isStopping()) refuseLateRequest(request, reply)
      requireAccess(request, areaOf(request, options.urlPrefix))
      done()
    } catch (error) {
      if (error instanceof OciProfilesError && error.code === 'UNAUTHENTICATED') {
        void reply.header('www-authenticate', 'Bearer realm="oci-profiles"')
      }
      done(error as Error)
    }
  })
}

/** A connection that was open already may still bring one; health answers it to say that the service is stopping. */
function refuseLateRequest(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('connection', 'close')
  if (request.routeOptions.config?.area === 'health') return
  throw new OciProfilesError('SHUTTING_DOWN', 'The service takes no new requests')
}

function areaOf(request: FastifyRequest, prefix: string): Area {
  const { config } = request.routeOptions
  if (config?.area) return config.area
  const isApi =
    request.url.startsWith(`${prefix}/v1`) || request.url.startsWith(`${prefix}/metrics`)
  return isApi ? 'api' : 'pages'
}

/** Logs and counts answers; successful reads at debug, because pages poll. */
function observe(app: TypedApp, { logger }: ApiOptions, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    const status = reply.statusCode
    metrics.countRequest(request.method, route, status, reply.elapsedTime / 1000)
    const quiet = status < 400 && (request.method === 'GET' || request.method === 'HEAD')
    const log = quiet ? logger.debug : logger.info
    log.call(
      logger,
      {
        request_id: request.id,
        method: request.method,
        path: path(request),
        status,
        duration_ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    )
    done()
  })
}

/** Without the query: what stands there is nobody's business in a log. */
function path(request: FastifyRequest): string {
  return request.url.split('?', 1)[0]!.slice(0, 300)
}
