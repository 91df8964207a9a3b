/** A gauge whose value is asked for when somebody looks. */
import { Gauge, type GaugeConfiguration, type Registry } from 'prom-client'

export function addGauge<Label extends string = never>(
  register: Registry,
  configuration: Omit<GaugeConfiguration<Label>, 'registers'>,
): Gauge<Label> {
  return new Gauge({ ...configuration, registers: [register] })
}
