/** The CORE database. */
import { Counter, type Registry } from 'prom-client'
import { addGauge } from './gauge.ts'
import type { MetricSources } from './sources.ts'

export interface DatabaseMetrics {
  /** It was opened in the background, after the start or after it had gone. */
  opened(): void
}

export function createDatabaseMetrics(
  { readiness }: MetricSources,
  register: Registry,
): DatabaseMetrics {
  addGauge(register, {
    name: 'oci_profiles_database_up',
    help: '1 when the CORE database is open, else 0.',
    collect() {
      this.set(readiness.database().state === 'open' ? 1 : 0)
    },
  })
  addGauge(register, {
    name: 'oci_profiles_database_info',
    help: '1, with the kind of the CORE database as label.',
    labelNames: ['kind'],
    collect() {
      this.set({ kind: readiness.database().kind }, 1)
    },
  })
  const reconnects = new Counter({
    name: 'oci_profiles_database_reconnects_total',
    help: 'How often the CORE database was opened in the background.',
    registers: [register],
  })
  return { opened: () => reconnects.inc() }
}
