/** The services of OCI that the emulator stands in for. */
export const SERVICES = [
  'object_storage',
  'identity',
  'generative_ai_inference',
  /** Retrieval of secrets. */
  'secrets',
  /** The refresh of session tokens. */
  'auth',
  /** Tokens for instances, `/v1/x509`. */
  'federation',
  /** Instance metadata, version 2. */
  'metadata',
  /** Tokens for workloads of OKE, behind a door of their own. */
  'oke',
] as const

export type Service = (typeof SERVICES)[number]
