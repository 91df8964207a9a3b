/** All metrics of one service, and their text. docs/operations.md has the list. */
import { collectDefaultMetrics, Registry } from 'prom-client'
import { createCheckMetrics, type CheckMetrics } from './check-metrics.ts'
import { createConfigMetrics, type ConfigMetrics } from './config-metrics.ts'
import { createDatabaseMetrics, type DatabaseMetrics } from './database-metrics.ts'
import { createProfileMetrics } from './profile-metrics.ts'
import { createRequestMetrics, type RequestMetrics } from './request-metrics.ts'
import { createServiceMetrics } from './service-metrics.ts'
import type { MetricSources } from './sources.ts'

export type { MetricSources }

export interface Metrics {
  contentType: string
  text(): Promise<string>
  requests: RequestMetrics
  checks: CheckMetrics
  config: ConfigMetrics
  database: DatabaseMetrics
}

export function createMetrics(sources: MetricSources): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const requests = createRequestMetrics(sources, register)
  const checks = createCheckMetrics(sources, register)
  createProfileMetrics(sources, register)
  const config = createConfigMetrics(register)
  const database = createDatabaseMetrics(sources, register)
  createServiceMetrics(sources, register)
  const text = () => register.metrics()
  return { contentType: register.contentType, text, requests, checks, config, database }
}
