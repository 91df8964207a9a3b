/** Principals that must ask for their tokens: who issues them, and how one token serves all. */
export type { ExchangeStep } from './explain-refusal.ts'
export { homeOfToken } from './home-of-token.ts'
export { MetadataService } from './metadata-service.ts'
export { serviceAccountPaths } from './service-account.ts'
export { sharedPrincipal } from './shared-principals.ts'
export { exchangeToken } from './token-exchange.ts'
