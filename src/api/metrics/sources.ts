/** Where metrics come from that are asked for at each scrape. */
import type { ProfileRegistry } from '../../registry/index.ts'
import type { ReadinessPort, SettingsPort } from '../ports.ts'

export interface MetricSources {
  registry: ProfileRegistry
  readiness: ReadinessPort
  settings: SettingsPort
  /** Version of the package. */
  version: string
  connections: {
    open(): Promise<number>
    /** Of them, such as listen to events. */
    streams(): number
  }
}
