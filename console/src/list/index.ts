/** The list of all profiles. */
export { ListPage } from './list-page.tsx'
