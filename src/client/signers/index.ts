/** Signers, one file per authentication type. */
export { principalRegion } from './principal-region.ts'
export { RESOURCE_PRINCIPAL_VARIABLES } from './resource-principal.ts'
export type { SignerContext } from './signer-factory.ts'
export { SIGNERS } from './signers.ts'
