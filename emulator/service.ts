/** The services of OCI that the emulator stands in for. */
export type Service = 'object_storage' | 'identity' | 'generative_ai_inference' | 'auth'
