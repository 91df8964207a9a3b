/** Prometheus metrics of one service. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { ProfileRegistry } from '../registry/index.ts'
import type { FailedCheck, OkCheck } from '../schemas/index.ts'
import type { ReadinessPort } from './ports.ts'

export interface Metrics {
  contentType: string
  text(): Promise<string>
  countRequest(method: string, route: string, status: number, seconds: number): void
  countCheck(check: OkCheck | FailedCheck): void
}

const SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10]

export function createMetrics(registry: ProfileRegistry, readiness: ReadinessPort): Metrics {
  const metrics = new Registry()
  const registers = [metrics]
  collectDefaultMetrics({ register: metrics })

  const requests = new Histogram({
    name: 'oci_profiles_http_request_duration_seconds',
    help: 'Time to answer requests.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  })
  const checks = new Counter({
    name: 'oci_profiles_checks_total',
    help: 'Finished checks by result code; "OK" for success.',
    labelNames: ['code'],
    registers,
  })
  const checkTime = new Histogram({
    name: 'oci_profiles_check_duration_seconds',
    help: 'Time that checks took.',
    buckets: SECONDS,
    registers,
  })
  const useable = new Gauge({
    name: 'oci_profiles_profile_useable',
    help: '1 when the last check of the profile succeeded, else 0.',
    labelNames: ['auth_profile'],
    registers,
    collect() {
      this.reset()
      for (const { profile } of registry.records()) {
        this.set({ auth_profile: profile.auth_profile }, profile.useable ? 1 : 0)
      }
    },
  })
  const database = new Gauge({
    name: 'oci_profiles_database_up',
    help: '1 when the CORE database is open, else 0.',
    registers,
    collect() {
      this.set(readiness.database().state === 'open' ? 1 : 0)
    },
  })
  void [useable, database]

  return {
    contentType: metrics.contentType,
    text: () => metrics.metrics(),
    countRequest: (method, route, status, seconds) =>
      requests.observe({ method, route, status }, seconds),
    countCheck(check) {
      checks.inc({ code: check.code ?? 'OK' })
      checkTime.observe(check.duration_ms / 1000)
    },
  }
}
