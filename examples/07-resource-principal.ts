/** In a function or another resource that has a principal: its environment holds token and key. */
import { ObjectStorageClient } from 'oci-objectstorage'
import { checkUseable, initClient } from 'oci-profiles'
import { createProfile } from 'oci-profiles/schemas'

const profile = createProfile({ auth_profile: 'function', authentication: 'resource_principal' })
// Anywhere else this is RESOURCE_PRINCIPAL_UNAVAILABLE, and says which variable is missing.
const check = await checkUseable(profile)
console.log(check.status, check.code)

const client = await initClient(ObjectStorageClient, profile)
console.log((await client.getNamespace({})).value)

/* Prints:
ok null
axsampletenancy
*/
