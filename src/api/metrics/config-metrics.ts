/** Readings of the config file. */
import { Counter, type Registry } from 'prom-client'
import type { ConfigFileView } from '../../registry/index.ts'
import { addGauge } from './gauge.ts'

export interface ConfigMetrics {
  /** The file was read at the start, or again. */
  read(view: Pick<ConfigFileView, 'code'>): void
}

export function createConfigMetrics(register: Registry): ConfigMetrics {
  const reloads = new Counter({
    name: 'oci_profiles_config_reloads_total',
    help: 'Readings of the config file that brought something new or were asked for, the first included.',
    labelNames: ['result'],
    registers: [register],
  })
  const successful = addGauge(register, {
    name: 'oci_profiles_config_last_reload_successful',
    help: '1 when all that the config file said at its last reading is in force, else 0.',
  })
  const time = addGauge(register, {
    name: 'oci_profiles_config_last_reload_success_timestamp_seconds',
    help: 'When the config file was last read with all of it in force, in seconds since 1970.',
  })
  for (const result of ['ok', 'faulty']) reloads.inc({ result }, 0)

  return {
    read({ code }) {
      const isInForce = code === null
      reloads.inc({ result: isInForce ? 'ok' : 'faulty' })
      successful.set(isInForce ? 1 : 0)
      if (isInForce) time.setToCurrentTime()
    },
  }
}
