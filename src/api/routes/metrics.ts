/** /metrics for Prometheus. */
import type { Metrics } from '../metrics/index.ts'
import type { ApiOptions } from '../ports.ts'
import type { DefineRoute, TypedApp } from '../route.ts'

export function metricsRoute(
  app: TypedApp,
  define: DefineRoute,
  { urlPrefix }: ApiOptions,
  metrics: Metrics,
): void {
  const path = `${urlPrefix}/metrics`
  define(path, {
    GET: () =>
      app.get(path, { schema: { hide: true } }, async (_request, reply) =>
        reply.type(metrics.contentType).send(await metrics.text()),
      ),
  })
}
