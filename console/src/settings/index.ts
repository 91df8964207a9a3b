/** Settings and health. */
export { SettingsPage } from './settings-page.tsx'
