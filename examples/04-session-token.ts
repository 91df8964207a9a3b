/** A session that "oci session authenticate" opened: how long it lasts, and a client that follows its renewals. */
import { ObjectStorageClient } from 'oci-objectstorage'
import { initClient, parseOciConfigFile } from 'oci-profiles'
import { loadSessionToken } from 'oci-profiles/client'

const { profiles } = await parseOciConfigFile()
const profile = profiles.find(({ authentication }) => authentication === 'security_token')!

const { expiresAt, claims } = await loadSessionToken(profile)
console.log(`${profile.auth_profile}: signed in as ${claims.subject}`)
console.log(`until ${expiresAt?.toISOString()}`)

// Token and key are read again, as one pair, when "oci session refresh" has written them.
const client = await initClient(ObjectStorageClient, profile)
console.log((await client.getNamespace({})).value)

/* Prints:
SESSION: signed in as ocid1.user.oc1..…
until …Z
axsampletenancy
*/
