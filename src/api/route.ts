/** How routes are defined: each path with its methods, so that every other method answers 405 with Allow. */
import type { FastifyInstance, FastifyTypeProvider, RawServerDefault } from 'fastify'
import { METHODS, type IncomingMessage, type ServerResponse } from 'node:http'
import type { z } from 'zod'
import { OciProfilesError } from '../errors.ts'
import type { Area } from './access.ts'

/** Requests are typed by their schemas. Answers are not: they are views that name their fields, tests hold them to it. */
interface RouteTypes extends FastifyTypeProvider {
  validator: this['schema'] extends z.ZodType ? z.output<this['schema']> : unknown
  serializer: unknown
}

export type TypedApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyInstance['log'],
  RouteTypes
>

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

interface Path {
  /** Methods that a route with a parameter answers, for which this path is a value like any other. */
  besides?: readonly Method[]
  /** Of methods that are refused; the routes themselves say theirs. */
  area?: Area
}

export type DefineRoute = (
  path: string,
  methods: Partial<Record<Method, () => unknown>>,
  about?: Path,
) => void

/** Those too, that no route here has: they are wrong methods, not unknown paths. To be called before routes are defined. */
export function knowAllMethods(app: TypedApp): void {
  for (const method of METHODS) {
    // Node itself takes CONNECT for a tunnel, and never for a request.
    if (method !== 'CONNECT' && !app.supportedMethods.includes(method)) app.addHttpMethod(method)
  }
}

export function createDefineRoute(app: TypedApp): DefineRoute {
  return (path, methods, { besides = [], area = 'api' } = {}) => {
    for (const register of Object.values(methods)) register()
    const allowed = [...Object.keys(methods), ...besides]
    if (allowed.includes('GET')) allowed.push('HEAD')
    refuseOthers(app, path, allowed, area)
  }
}

function refuseOthers(app: TypedApp, path: string, allowed: string[], area: Area): void {
  app.route({
    method: app.supportedMethods.filter((method) => !allowed.includes(method)),
    url: path,
    schema: { hide: true },
    config: { area },
    // Before the body is read: a wrong method is wrong whatever it carries.
    onRequest: async (request, reply) => {
      void reply.header('allow', allowed.join(', '))
      const fact = `${request.method} is not possible here; ${allowed.join(', ')} are`
      throw new OciProfilesError('METHOD_NOT_ALLOWED', fact)
    },
    handler: () => {},
  })
}
