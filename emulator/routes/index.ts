/** Every service with its routes: a service without routes does not compile. */
import type { Service } from '../service.ts'
import { AUTH } from './auth.ts'
import { GENERATIVE_AI } from './generative-ai.ts'
import { IDENTITY } from './identity.ts'
import { OBJECT_STORAGE } from './object-storage.ts'
import { matchPath, type Route } from './route.ts'

export { ObjectStore } from './object-store.ts'
export { decodeParams, type World } from './route.ts'

const ROUTES: Record<Service, readonly Route[]> = {
  object_storage: OBJECT_STORAGE,
  identity: IDENTITY,
  generative_ai_inference: GENERATIVE_AI,
  auth: AUTH,
}

const SERVICES = Object.entries(ROUTES) as [Service, readonly Route[]][]

export interface FoundRoute {
  service: Service
  route: Route
  /** Still percent-encoded. */
  params: Record<string, string>
}

/** `path` without the query. */
export function findRoute(method: string, path: string): FoundRoute | null {
  for (const [service, routes] of SERVICES) {
    for (const route of routes) {
      if (route.method !== method) continue
      const params = matchPath(route.path, path)
      if (params !== null) return { service, route, params }
    }
  }
  return null
}
