/** The client class that the check calls: loaded when it is first asked for, like all of the SDK. */
import type { ObjectStorageClient } from 'oci-objectstorage'

export async function loadObjectStorageClient(): Promise<typeof ObjectStorageClient> {
  return (await import('oci-objectstorage')).ObjectStorageClient
}
