/** A ready client of Oracle's SDK from a profile; one that does not work says why before anything is sent. */
import { ObjectStorageClient } from 'oci-objectstorage'
import { initClient, OciProfilesError, parseOciConfigFile } from 'oci-profiles'

const { profiles } = await parseOciConfigFile()
const byName = (name: string) => profiles.find(({ auth_profile }) => auth_profile === name)!

const client = await initClient(ObjectStorageClient, byName('ENCRYPTED_KEY'))
const { value: namespaceName } = await client.getNamespace({})
console.log(`namespace ${namespaceName}`)

const place = { namespaceName, bucketName: 'reports', objectName: 'hello.txt' }
await client.putObject({ ...place, putObjectBody: 'hello', contentLength: 5 })
const { contentLength } = await client.getObject(place)
console.log(`hello.txt has ${contentLength} bytes`)

try {
  await initClient(ObjectStorageClient, { ...byName('DEFAULT'), key_file: '/nowhere/key.pem' })
} catch (error) {
  if (!(error instanceof OciProfilesError)) throw error
  console.log(`${error.code}: ${error.message}. ${error.fix}`)
}

/* Prints:
namespace axsampletenancy
hello.txt has 5 bytes
KEY_FILE_NOT_FOUND: /nowhere/key.pem does not exist. Correct key_file, or put the key there.
*/
