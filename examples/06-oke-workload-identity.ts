/** In a pod of an enhanced OKE cluster: its service account is the identity. */
import { ObjectStorageClient } from 'oci-objectstorage'
import { checkUseable, initClient } from 'oci-profiles'
import { createProfile } from 'oci-profiles/schemas'

const profile = createProfile({
  auth_profile: 'pod',
  authentication: 'oke_workload_identity',
  region: 'eu-frankfurt-1',
})
// Anywhere else this is NOT_ON_OKE. Tokens of the service account are read again when Kubernetes rotates them.
const check = await checkUseable(profile)
console.log(check.status, check.code)

const client = await initClient(ObjectStorageClient, profile)
console.log((await client.getNamespace({})).value)

/* Prints:
ok null
axsampletenancy
*/
