/** One profile. */
export { ProfilePage } from './profile-page.tsx'
