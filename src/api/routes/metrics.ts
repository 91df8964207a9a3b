/** /metrics for Prometheus. */
import { z } from 'zod'
import type { Metrics } from '../metrics/index.ts'
import type { ApiOptions } from '../ports.ts'
import type { DefineRoute, TypedApp } from '../route.ts'
import { problems } from './problems.ts'

export function metricsRoute(
  app: TypedApp,
  define: DefineRoute,
  { urlPrefix }: ApiOptions,
  metrics: Metrics,
): void {
  const path = `${urlPrefix}/metrics`
  define(path, {
    GET: () =>
      app.get(
        path,
        {
          schema: {
            operationId: 'readMetrics',
            summary: 'Figures for Prometheus',
            tags: ['service'],
            response: {
              200: {
                description: "In the text format of Prometheus' scrapers.",
                content: { 'text/plain': { schema: z.string() } },
              },
              ...problems(),
            },
          },
        },
        async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
      ),
  })
}
