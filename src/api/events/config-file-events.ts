/** What reading the config file again brought, told to the clients. */
import type { ConfigFileNews, ConfigReading } from '../../registry/index.ts'
import type { EventHub } from './event-hub.ts'
import type { ServiceEvents } from './service-events.ts'

const LONGEST_LIST = 100

/** A file that is read and at fault is told of with both events; one that cannot be read with the second alone. */
export function tellOfConfigFile({ view, reading }: ConfigFileNews, events: EventHub): void {
  if (reading !== null && view.state !== 'missing') {
    events.publish('config.reloaded', reloadedEvent(reading))
  }
  if (view.code !== null) events.publish('config.faulty', view)
}

function reloadedEvent(reading: ConfigReading): ServiceEvents['config.reloaded'] {
  const { file, exists, added, changed, removed, kept, diagnostics } = reading
  return {
    file,
    exists,
    added: added.slice(0, LONGEST_LIST),
    changed: changed.slice(0, LONGEST_LIST),
    removed: removed.slice(0, LONGEST_LIST),
    kept: kept.slice(0, LONGEST_LIST),
    diagnostics: diagnostics.slice(0, LONGEST_LIST),
    counts: {
      added: added.length,
      changed: changed.length,
      removed: removed.length,
      kept: kept.length,
      diagnostics: diagnostics.length,
    },
  }
}
