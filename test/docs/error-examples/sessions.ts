/** What keeps `refresh` from refreshing a session. */
import { execFile } from 'node:child_process'
import { MAIN } from '../../cli/program.ts'
import { toPage } from '../page-words.ts'
import { REGION, TENANCY, USER, type Sandbox } from '../sandbox.ts'
import { linesOf, orFault, type Examples, type Outcome } from './example.ts'

/** A process that may write no byte into files: as a disk that is full, whoever runs it. */
const NO_ROOM = 'ulimit -f 0; exec "$0" "$@"'

export async function provokeSessionFaults(sandbox: Sandbox): Promise<Examples> {
  const { emulator, keys } = sandbox
  const { publicPem } = keys.prod
  const identity = emulator.addIdentity({
    name: 'SESSION',
    user: USER,
    tenancy: TENANCY,
    namespace: 'axsession',
    publicKey: publicPem,
  })
  const token = emulator.mintSessionToken({ identity, publicKey: publicPem, expiresInS: 300 })
  sandbox.write('.oci/sessions/PROD/token', token)
  sandbox.write('.oci/sessions/PROD/key.pem', keys.prod.privatePem)
  const shared = [`tenancy=${TENANCY}`, `region=${REGION}`, `fingerprint=${keys.prod.fingerprint}`]
  const lines = [
    ['[PROD]', ...shared, 'security_token_file=~/.oci/sessions/PROD/token'],
    ['[DEV]', ...shared, `user=${USER}`],
  ]
  const key = 'key_file=~/.oci/sessions/PROD/key.pem'
  const config = sandbox.write(
    '.oci/sessions.conf',
    lines.map((section) => [...section, key, ''].join('\n')).join('\n'),
  )
  const env = { ...sandbox.env, OCI_PROFILES_ENDPOINT_URL_AUTH: emulator.url }
  const run = (name: string) => {
    const args = ['-c', NO_ROOM, process.execPath, MAIN, 'refresh', name, '--config-file', config]
    const { promise, resolve } = Promise.withResolvers<string>()
    const options = { cwd: sandbox.home, env }
    execFile('sh', args, options, (_error, stdout, stderr) => resolve(stdout + stderr))
    return promise
  }
  const provoke = async (code: string, name: string): Promise<Outcome> => {
    const output = await run(name)
    const found = linesOf(output, `fails  ${code}`)
    if (found === null) return { fault: `not ${code}: ${output}` }
    return { language: 'text', text: toPage(found, sandbox.words) }
  }
  return new Map([
    ['TOKEN_FILE_NOT_WRITTEN', await orFault(() => provoke('TOKEN_FILE_NOT_WRITTEN', 'PROD'))],
    ['NOT_A_SESSION', await orFault(() => provoke('NOT_A_SESSION', 'DEV'))],
  ])
}
