/** On a compute instance: no key in any file, the instance itself is the identity. */
import { ObjectStorageClient } from 'oci-objectstorage'
import { checkUseable, initClient } from 'oci-profiles'
import { createProfile } from 'oci-profiles/schemas'

const profile = createProfile({ auth_profile: 'here', authentication: 'instance_principal' })
const check = await checkUseable(profile)
// Anywhere else this is NOT_ON_OCI, within two seconds.
console.log(check.status, check.code)

// However many first calls there are: one federation, shared by all clients of the process.
const client = await initClient(ObjectStorageClient, profile)
const answers = await Promise.all(Array.from({ length: 10 }, () => client.getNamespace({})))
console.log(new Set(answers.map(({ value }) => value)))

/* Prints:
ok null
Set(1) { 'axsampletenancy' }
*/
