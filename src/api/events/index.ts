/** Events of a service, streamed to those who listen. */
export { tellOfConfigFile } from './config-file-events.ts'
export { createEventHub, type EventHub } from './event-hub.ts'
export { tellOfProfiles } from './profile-events.ts'
export type { EventType, ServiceEvents } from './service-events.ts'
