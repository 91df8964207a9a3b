/** What runs here, with which settings, and how its start went. */
import type { Registry } from 'prom-client'
import { addGauge } from './gauge.ts'
import type { MetricSources } from './sources.ts'

/** Settings that explain the other metrics. None is a secret. */
const SHOWN_SETTINGS = ['check_concurrency', 'check_interval_s', 'default_profile', 'log_level']

export function createServiceMetrics(
  { readiness, settings, version }: MetricSources,
  register: Registry,
): void {
  addGauge(register, {
    name: 'oci_profiles_build_info',
    help: '1, with the versions of the package and of Node as labels.',
    labelNames: ['version', 'node_version'],
  }).set({ version, node_version: process.versions.node }, 1)

  addGauge(register, {
    name: 'oci_profiles_settings_info',
    help: '1, with the settings that may change at run time as labels.',
    labelNames: SHOWN_SETTINGS,
    collect() {
      const view = settings.view()
      const values = SHOWN_SETTINGS.map((name) => [name, text(view[name]?.value)])
      this.reset()
      this.set(Object.fromEntries(values), 1)
    },
  })

  addGauge(register, {
    name: 'oci_profiles_startup_step_duration_seconds',
    help: 'How long each step of the start took, once it has ended.',
    labelNames: ['step', 'name'],
    collect() {
      for (const { number, name, duration_ms } of readiness.steps()) {
        if (duration_ms !== null) this.set({ step: String(number), name }, duration_ms / 1000)
      }
    },
  })
}

function text(value: unknown): string {
  if (typeof value === 'string') return value.toWellFormed()
  return typeof value === 'number' ? String(value) : ''
}
