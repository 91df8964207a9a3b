/** What a service under measurement finds in its environment: nothing of this machine's own profiles and settings. */
import { join } from 'node:path'
import type { EmulatedProfiles } from './programs/serve-oci.ts'

/** `folder` takes home and database of the service. */
export function serviceEnvironment(
  { url, configFile }: EmulatedProfiles,
  folder: string,
): Record<string, string> {
  return {
    HOME: folder,
    OCI_CLI_CONFIG_FILE: configFile,
    OCI_PROFILES_ENDPOINT_URL: url,
    OCI_PROFILES_DATABASE_URL: `sqlite:${join(folder, 'core.db')}`,
    OCI_PROFILES_PORT: '0',
    OCI_PROFILES_CHECK_INTERVAL_S: '0',
  }
}
