/** What the stories of docs/tour.md need beside the files that they show: keys, users that OCI knows, and what is only played. */
import type { Identity } from '../../emulator/index.ts'
import { NAMESPACE, TENANCY, USER, type KeyName, type Sandbox } from './sandbox.ts'

export interface Setup {
  /** Before the first step. */
  prepare: (sandbox: Sandbox) => void
  /** Commands of tools that are not here, by their text: what they change. They print nothing. */
  played?: Readonly<Record<string, (sandbox: Sandbox) => void>>
  /** Commands that break the setup; all others but ours are remedies, which the output has to name. */
  mishaps?: readonly string[]
  /** What a remedy needs and no output can tell. */
  known?: readonly string[]
}

const DEV_USER = 'ocid1.user.oc1..aaaaaaaaadev'
const DEV_TENANCY = 'ocid1.tenancy.oc1..aaaaaaaaacmedev'
const SESSION = '.oci/sessions/PROD'
const PROXY = 'proxy.acme.example:3128'
const TEN_MINUTES_MS = 600_000

/** By title. */
export const SETUPS: Readonly<Record<string, Setup>> = {
  '1. The wrong key': {
    prepare: (sandbox) => {
      knowProd(sandbox)
      knowDev(sandbox)
    },
  },
  '2. The re-uploaded key': { prepare: (sandbox) => void knowProd(sandbox, 'key.pem') },
  '3. The copied section': {
    prepare: (sandbox) => {
      knowProd(sandbox)
      knowDev(sandbox)
    },
  },
  '4. The expired session': {
    prepare: (sandbox) => signIn(sandbox, -3600),
    played: {
      'oci session authenticate --profile-name PROD --region eu-frankfurt-1': (sandbox) =>
        signIn(sandbox, 3600),
    },
  },
  '5. The clock that is ten minutes off': {
    prepare: (sandbox) => {
      const { name } = knowProd(sandbox, 'key.pem')
      sandbox.emulator.setFault(name, { kind: 'clock', offsetMs: TEN_MINUTES_MS })
    },
    played: {
      'sudo timedatectl set-ntp true': ({ emulator }) => emulator.setFault('ada', null),
    },
  },
  '6. The key with CRLF': {
    prepare: (sandbox) => {
      knowProd(sandbox, 'key.pem')
      sandbox.write('.oci/key.pem', sandbox.keys.prod.privatePem.replaceAll('\n', '\r\n'))
    },
    mishaps: [
      String.raw`tr '\r' '\n' <~/.oci/key.pem >~/.oci/new.pem && mv ~/.oci/new.pem ~/.oci/key.pem`,
    ],
  },
  '7. The DEFAULT that hijacks': {
    prepare: (sandbox) => {
      knowProd(sandbox)
      knowDev(sandbox)
    },
    known: [USER],
  },
  '8. The path inside the container': {
    prepare: (sandbox) => void knowProd(sandbox, 'key.pem'),
  },
  '9. The proxy in the way': {
    prepare: (sandbox) => {
      knowProd(sandbox, 'key.pem')
      sandbox.route(PROXY, 0)
    },
    mishaps: [`export HTTPS_PROXY=http://${PROXY}`],
  },
  '10. The region with a typo': { prepare: (sandbox) => void knowProd(sandbox, 'key.pem') },
}

function knowProd(sandbox: Sandbox, file = 'prod.pem'): Identity {
  const known = { name: 'ada', user: USER, tenancy: TENANCY, namespace: NAMESPACE }
  return know(sandbox, 'prod', file, known)
}

function knowDev(sandbox: Sandbox): Identity {
  const known = { name: 'dev', user: DEV_USER, tenancy: DEV_TENANCY, namespace: 'axacmedev' }
  return know(sandbox, 'dev', 'dev.pem', known)
}

/** Writes the key, and has OCI know whose it is. */
function know(
  { write, emulator, keys }: Sandbox,
  key: KeyName,
  file: string,
  known: { name: string; user: string; tenancy: string; namespace: string },
): Identity {
  const { privatePem, publicKey } = keys[key]
  write(`.oci/${file}`, privatePem)
  return emulator.addIdentity({ ...known, publicKey })
}

/** As `oci session authenticate` leaves key and token. */
function signIn(sandbox: Sandbox, expiresInS: number): void {
  const { write, emulator, keys } = sandbox
  const { privatePem, publicKey } = keys.prod
  const user = { name: 'ada', user: USER, tenancy: TENANCY, namespace: NAMESPACE }
  const identity = emulator.addIdentity({ ...user, publicKey })
  write(`${SESSION}/oci_api_key.pem`, privatePem)
  write(`${SESSION}/token`, emulator.mintSessionToken({ identity, publicKey, expiresInS }))
}
