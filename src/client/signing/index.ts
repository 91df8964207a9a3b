/** HTTP signatures as OCI takes them: what is signed, and the signer that Oracle's SDK can use. */
export { collectBody, isStream } from './body.ts'
export type { Credentials, CredentialSource } from './credentials.ts'
export { NativeSigner, type OciRequestSigner } from './native-signer.ts'
