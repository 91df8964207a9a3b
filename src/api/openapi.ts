/** OpenAPI 3.1 of the routes, made of the schemas that validate. */
import swagger from '@fastify/swagger'
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
} from 'fastify-type-provider-zod'
import type { ApiOptions } from './ports.ts'
import type { TypedApp } from './route.ts'

export async function documentRoutes(app: TypedApp, { version }: ApiOptions): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'oci-profiles',
        version,
        description:
          'OCI authentication profiles: which work, why the others do not. Errors are application/problem+json.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
          bearer: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ apiKey: [] }, { bearer: [] }],
      tags: [
        { name: 'profiles', description: 'Profiles in memory' },
        { name: 'config file', description: 'Where profiles come from' },
        { name: 'events', description: 'What happens, as it happens' },
        { name: 'settings', description: 'Settings of the service' },
        { name: 'health', description: 'State of the service' },
        { name: 'service', description: 'The service for its tools' },
      ],
    },
    transform: createJsonSchemaTransform({ skipList: [] }),
    transformObject: createJsonSchemaTransformObject({}),
  })
}
