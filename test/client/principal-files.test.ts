import { expect, test } from 'vitest'
import { principalFiles } from '../../src/client/index.ts'

const USUAL = '/var/run/secrets/kubernetes.io/serviceaccount'

test.each<[string, Record<string, string>, string[]]>([
  ['oke_workload_identity', {}, [`${USUAL}/ca.crt`, `${USUAL}/token`]],
  [
    'oke_workload_identity',
    {
      OCI_KUBERNETES_SERVICE_ACCOUNT_CERT_PATH: '/a/ca.crt',
      OCI_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH: '/b/token',
    },
    ['/a/ca.crt', '/b/token'],
  ],
  [
    'resource_principal',
    {
      OCI_RESOURCE_PRINCIPAL_RPST: '/r/rpst',
      OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM: '-----BEGIN RSA PRIVATE KEY-----',
      OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM_PASSPHRASE: '',
    },
    ['/r/rpst'],
  ],
  ['instance_principal', { OCI_RESOURCE_PRINCIPAL_RPST: '/r/rpst' }, []],
  ['api_key', { OCI_RESOURCE_PRINCIPAL_RPST: '/r/rpst' }, []],
])('a profile of %s with %j depends on %j', (authentication, env, files) => {
  expect(principalFiles(authentication, env)).toEqual(files)
})
