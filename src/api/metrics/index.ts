/** Prometheus metrics of one service. */
export { createMetrics, type Metrics } from './metrics.ts'
export type { RequestMetrics } from './request-metrics.ts'
