/** /v1/openapi.json: the API in the words of its own schemas. */
import { z } from 'zod'
import type { ApiOptions } from '../ports.ts'
import type { DefineRoute, TypedApp } from '../route.ts'
import { problems } from './problems.ts'

export function openapiRoute(app: TypedApp, define: DefineRoute, { urlPrefix }: ApiOptions): void {
  const path = `${urlPrefix}/v1/openapi.json`
  let text: string | null = null
  define(path, {
    GET: () =>
      app.get(
        path,
        {
          schema: {
            operationId: 'describeApi',
            summary: 'This description',
            tags: ['service'],
            response: {
              200: {
                description: 'An OpenAPI 3.1 document.',
                content: { 'application/json': { schema: z.looseObject({}) } },
              },
              ...problems(),
            },
          },
        },
        async (_request, reply) => {
          text ??= JSON.stringify(app.swagger())
          return reply.type('application/json; charset=utf-8').send(text)
        },
      ),
  })
}
