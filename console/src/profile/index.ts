/** One profile. */
export { MissingProfile } from './missing-profile.tsx'
export { ProfilePage } from './profile-page.tsx'
