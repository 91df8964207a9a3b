/** The sections of sample profiles that are principals, and what their environment has to hold. */
import { join } from 'node:path'
import { NAMESPACE, REGION, TENANCY, type Fields, type Material } from './sample-sections.ts'

const SERVICE_ACCOUNT = { namespace: 'default', name: 'sample' }

/** Tenancy and region are what the metadata service says. */
export async function instanceFields(name: string, { emulator, env }: Material): Promise<Fields> {
  await emulator.addPrincipal({ kind: 'instance', ...common(name), region: REGION })
  env.OCI_METADATA_BASE_URL = `${emulator.url}/opc/v2`
  return { authentication: 'instance_principal' }
}

/** CA and token as Kubernetes lays them beside each other. */
export async function workloadFields(
  name: string,
  expiresInS: number,
  { emulator, folder, files, env }: Material,
): Promise<Fields> {
  const serviceAccount = SERVICE_ACCOUNT
  await emulator.addPrincipal({ kind: 'workload', ...common(name), serviceAccount })
  const oke = await emulator.startOkeTokenService()
  const token = oke.mintServiceAccountToken({
    namespace: serviceAccount.namespace,
    serviceAccount: serviceAccount.name,
    expiresInS,
  })
  files.push(
    { path: 'principals/oke/ca.crt', text: oke.caPem },
    { path: 'principals/oke/token', text: token },
  )
  env.KUBERNETES_SERVICE_HOST = oke.host
  env.KUBERNETES_SERVICE_PORT_PROXYMUX = String(oke.port)
  env.OCI_KUBERNETES_SERVICE_ACCOUNT_CERT_PATH = join(folder, 'principals/oke/ca.crt')
  return { authentication: 'oke_workload_identity', region: REGION }
}

export async function resourceFields(
  name: string,
  expiresInS: number,
  { emulator, folder, files, env, keys }: Material,
): Promise<Fields> {
  const principal = await emulator.addPrincipal({ kind: 'resource', ...common(name) })
  const { publicKey, pem } = keys.session
  const token = emulator.mintResourcePrincipalToken({ principal, publicKey, expiresInS })
  files.push(
    // Without a line end: not every SDK trims it.
    { path: 'principals/resource/rpst', text: token },
    { path: 'principals/resource/key.pem', text: pem },
  )
  env.OCI_RESOURCE_PRINCIPAL_VERSION = '2.2'
  env.OCI_RESOURCE_PRINCIPAL_RPST = join(folder, 'principals/resource/rpst')
  env.OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM = join(folder, 'principals/resource/key.pem')
  env.OCI_RESOURCE_PRINCIPAL_REGION = REGION
  return { authentication: 'resource_principal' }
}

function common(name: string) {
  return { name, tenancy: TENANCY, namespace: NAMESPACE }
}
