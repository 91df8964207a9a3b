/** Checks: how they ended, how long they took, how many are on their way. */
import { Counter, Histogram, type Registry } from 'prom-client'
import {
  AUTH_TYPES,
  type FailedCheck,
  type OciProfileConfig,
  type OkCheck,
} from '../../schemas/index.ts'
import { addGauge } from './gauge.ts'
import type { MetricSources } from './sources.ts'

export interface CheckMetrics {
  finished(profile: Readonly<OciProfileConfig>, check: OkCheck | FailedCheck): void
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15]
const KNOWN_TYPES = new Set<string>(AUTH_TYPES)

export function createCheckMetrics({ registry }: MetricSources, register: Registry): CheckMetrics {
  const checks = new Counter({
    name: 'oci_profiles_checks_total',
    help: 'Finished checks by result code; "OK" for success.',
    labelNames: ['code'],
    registers: [register],
  })
  const durations = new Histogram({
    name: 'oci_profiles_check_duration_seconds',
    help: 'Time that checks took, by authentication type.',
    labelNames: ['authentication'],
    buckets: SECONDS,
    registers: [register],
  })
  addGauge(register, {
    name: 'oci_profiles_checks_running',
    help: 'Checks that run now.',
    collect() {
      this.set(registry.checkLoad().running)
    },
  })
  addGauge(register, {
    name: 'oci_profiles_checks_waiting',
    help: 'Checks that wait because check_concurrency others run.',
    collect() {
      this.set(registry.checkLoad().waiting)
    },
  })

  return {
    finished({ authentication }, check) {
      checks.inc({ code: check.code ?? 'OK' })
      durations.observe({ authentication: typeLabel(authentication) }, check.duration_ms / 1000)
    },
  }
}

/** A file may hold any word for it. */
export function typeLabel(authentication: string): string {
  return KNOWN_TYPES.has(authentication) ? authentication : 'unknown'
}
