/** REST API: routes, access control, problems, OpenAPI. */
export { createApi, type Api } from './app.ts'
export type { Limits } from './limits.ts'
export { tellingRequests } from './request-context.ts'
export {
  tellOfConfigFile,
  type EventHub,
  type EventType,
  type ServiceEvents,
} from './events/index.ts'
export type {
  ApiOptions,
  ConfigFilePort,
  DatabaseView,
  ParsedText,
  ReadinessPort,
  SettingsPort,
  SettingView,
  StartStep,
} from './ports.ts'
