/** Session tokens: JSON Web Tokens that OCI issued for a key, and that die soon. */
export { decodeJwt, type DecodedJwt } from './decode-jwt.ts'
export {
  assertTokenCurrent,
  loadSessionToken,
  parseSessionToken,
  type SessionToken,
  type TokenClaims,
  type TokenOrigin,
} from './session-token.ts'
export { assertTokenMatchesKey, tokenMatchesKey } from './token-key.ts'
