/** REST API: routes, access control, problems, OpenAPI. */
export { createApi, type Api } from './app.ts'
export type {
  ApiOptions,
  DatabaseView,
  ReadinessPort,
  SettingsPort,
  SettingView,
  StartStep,
} from './ports.ts'
