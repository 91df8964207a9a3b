/** What happens in the registry, told to the clients. */
import type { ProfileRegistry } from '../../registry/index.ts'
import type { EventHub } from './event-hub.ts'

/** Returns the end of it. */
export function tellOfProfiles(registry: ProfileRegistry, events: EventHub): () => void {
  return registry.subscribe(({ type, record: { profile } }) => {
    const { auth_profile, useable, namespace, check } = profile
    switch (type) {
      case 'created':
      case 'updated':
      case 'removed':
        events.publish(`profile.${type}`, { auth_profile })
        break
      case 'checked':
        events.publish('profile.checked', { auth_profile, useable, namespace, check })
        break
      case 'pending':
      case 'stale':
    }
  })
}
