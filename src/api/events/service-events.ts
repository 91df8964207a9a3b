/** What happens to a service, as its clients are told: names and data of all events. Nothing sensitive is in any of them. */
import type { CheckResult, Finding } from '../../schemas/index.ts'
import type { ConfigFileView } from '../../registry/index.ts'
import type { DatabaseView } from '../ports.ts'

interface ProfileNamed {
  auth_profile: string
}

/** The lists hold so many entries at most; the counts are those of the whole. */
interface Reloaded {
  file: string
  exists: boolean
  added: string[]
  changed: string[]
  removed: string[]
  kept: string[]
  diagnostics: Finding[]
  counts: Record<'added' | 'changed' | 'removed' | 'kept' | 'diagnostics', number>
}

export interface ServiceEvents {
  /** First on every stream. `id` is of this run of the service. */
  hello: { started_at: string; id: string; version: string }
  /** Something was missed: what is known of the service has to be read again. */
  reset: { reason: 'unknown_event_id' | 'too_many_events' | 'too_large' }
  'profile.checked': ProfileNamed & {
    useable: boolean
    namespace: string | null
    check: CheckResult | null
  }
  'profile.created': ProfileNamed
  'profile.updated': ProfileNamed
  'profile.removed': ProfileNamed
  'config.reloaded': Reloaded
  'config.faulty': ConfigFileView
  'settings.changed': { changed: readonly string[] }
  'database.changed': DatabaseView
  'service.stopping': object
}

export type EventType = keyof ServiceEvents
