/** Create a profile, or change one. */
export { FormPage } from './form-page.tsx'
