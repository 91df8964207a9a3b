/** `oke_workload_identity`: only in a pod of OKE, where Kubernetes leaves an address and a service account. */
import { access, constants } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { OciProfilesError } from '../../errors.ts'
import type { OciProfileConfig } from '../../schemas/index.ts'
import { readVariable, type Environment } from '../environment.ts'
import type { NativeSigner } from '../signing/index.ts'
import type { SignerContext } from './signer-factory.ts'

const HOST = 'KUBERNETES_SERVICE_HOST'
const CERT_PATH = 'OCI_KUBERNETES_SERVICE_ACCOUNT_CERT_PATH'
const TOKEN_PATH = 'OCI_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH'
const USUAL_CERT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt'

/** Rejects always: `NOT_ON_OKE` elsewhere than in a pod, `AUTHENTICATION_UNSUPPORTED` in one. */
export async function okeWorkloadIdentitySigner(
  _profile: OciProfileConfig,
  { env }: SignerContext,
): Promise<NativeSigner> {
  if (readVariable(env, HOST) === null) {
    throw new OciProfilesError('NOT_ON_OKE', `${HOST} is not set: this is no pod of Kubernetes`)
  }
  const { certificate, token } = serviceAccountFiles(env)
  await assertReadable(certificate, 'certificate')
  await assertReadable(token, 'token')
  throw new OciProfilesError(
    'AUTHENTICATION_UNSUPPORTED',
    'This is a pod of Kubernetes, but this version cannot sign as oke_workload_identity yet',
    { field: 'authentication' },
  )
}

function serviceAccountFiles(env: Environment): { certificate: string; token: string } {
  const certificate = readVariable(env, CERT_PATH) ?? USUAL_CERT_PATH
  const token = readVariable(env, TOKEN_PATH) ?? join(dirname(certificate), 'token')
  return { certificate, token }
}

async function assertReadable(path: string, what: string): Promise<void> {
  try {
    await access(path, constants.R_OK)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const message = `The ${what} of the service account cannot be read: ${path} (${code})`
    throw new OciProfilesError('NOT_ON_OKE', message, {
      fix: 'Give the pod a service account (automountServiceAccountToken: true), or choose another authentication type here.',
    })
  }
}
