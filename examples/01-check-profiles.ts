/** Which profiles of the config file work, and what to do about the others. */
import { checkUseable, parseOciConfigFile } from 'oci-profiles'

const { file, profiles } = await parseOciConfigFile()
console.log(`${profiles.length} profiles in ${file}`)

await Promise.all(profiles.map((profile) => checkUseable(profile)))
for (const { auth_profile, useable, check } of profiles) {
  console.log(useable ? `${auth_profile} works` : `${auth_profile}: ${check?.code}. ${check?.fix}`)
}

/* Prints:
7 profiles in …
DEFAULT works
ENCRYPTED_KEY works
SESSION works
INSTANCE_PRINCIPAL works
OKE_WORKLOAD works
RESOURCE_PRINCIPAL works
MISTYPED: FIELD_MISSING. Add user to section [MISTYPED] of …
*/
