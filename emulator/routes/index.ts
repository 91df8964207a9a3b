/** Every service with its routes: a service without routes does not compile. */
import type { Service } from '../service.ts'
import { AUTH } from './auth.ts'
import { FEDERATION } from './federation.ts'
import { GENERATIVE_AI } from './generative-ai.ts'
import { IDENTITY } from './identity.ts'
import { METADATA } from './metadata.ts'
import { OBJECT_STORAGE } from './object-storage.ts'
import { OKE } from './oke.ts'
import { matchPath, type Route } from './route.ts'
import { SECRETS } from './secrets.ts'

export { ObjectStore } from './object-store.ts'
export { decodeParams, type World } from './route.ts'

const ROUTES: Record<Service, readonly Route[]> = {
  object_storage: OBJECT_STORAGE,
  identity: IDENTITY,
  generative_ai_inference: GENERATIVE_AI,
  secrets: SECRETS,
  auth: AUTH,
  federation: FEDERATION,
  metadata: METADATA,
  oke: OKE,
}

export interface FoundRoute {
  service: Service
  route: Route
  /** Still percent-encoded. */
  params: Record<string, string>
}

/** `services`: those behind the door that was knocked at. `path` without the query. */
export function findRoute(
  services: readonly Service[],
  method: string,
  path: string,
): FoundRoute | null {
  for (const service of services) {
    for (const route of ROUTES[service]) {
      if (route.method !== method) continue
      const params = matchPath(route.path, path)
      if (params !== null) return { service, route, params }
    }
  }
  return null
}
