/** The routes, each given the app to register with. */
export { checkRoutes } from './checks.ts'
export { configFileRoutes } from './config-file.ts'
export { eventRoutes } from './events.ts'
export { healthRoutes } from './health.ts'
export { metricsRoute } from './metrics.ts'
export { pageRoutes } from './pages.ts'
export { profileRoutes } from './profiles.ts'
export { settingsRoutes } from './settings.ts'
