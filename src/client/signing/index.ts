/** HTTP signatures as OCI takes them: what is signed, and the signer that Oracle's SDK can use. */
export { authorize } from './authorize.ts'
export { collectBody, isStream } from './body.ts'
export type { Credentials, CredentialSource, Home } from './credentials.ts'
export { NativeSigner, type OciRequestSigner } from './native-signer.ts'
export { setBodyHeaders } from './signing-string.ts'
