/** `emulator`: a local OCI with sample profiles, until it is told to stop. */
import type { RequestEntry, RunningEmulator } from '../../../emulator/index.ts'
import type { Answer, Request } from '../command.ts'
import type { Flags } from '../flags.ts'
import { untilInterrupted } from '../interruption.ts'
import { readPort } from '../port.ts'
import { renderJson, safeText } from '../render/index.ts'
import { startEmulator } from '../start-emulator.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { shellWord } from '../../schemas/index.ts'

export async function emulator({ flags, io }: Request): Promise<Answer> {
  const port = readPort(flags.port)
  await using open = new AsyncDisposableStack()
  const dir = flags.dir || open.use(makeTemporaryFolder('oci-profiles-emulator-')).path
  const log = (entry: RequestEntry) => io.stderr.write(formatRequest(entry))
  const running = await startEmulator({
    port,
    dir,
    samples: flags.samples,
    principals: true,
    log,
  })
  open.defer(() => running.close())
  io.signal.throwIfAborted()

  const rest = open.move()
  const stop = async (): Promise<Answer> => {
    await untilInterrupted(io.signal)
    await rest.disposeAsync()
    return {}
  }
  return { output: announce(running, flags), notes: explain(running), next: stop }
}

/** Lines that a shell takes. */
function announce({ url, configFile, profiles, env }: RunningEmulator, { output }: Flags): string {
  const variables = { OCI_PROFILES_ENDPOINT_URL: url, OCI_CLI_CONFIG_FILE: configFile, ...env }
  if (output === 'json') {
    return renderJson({ url, config_file: configFile, profiles, env: variables })
  }
  const lines = Object.entries(variables).map(([name, value]) => {
    return `export ${name}=${shellWord(value)}\n`
  })
  return lines.join('')
}

function explain({ url, profiles }: RunningEmulator): string[] {
  const names = profiles.map(({ name }) => name).join(', ')
  return [
    `A local stand-in for OCI runs at ${url}. Nothing here is real.`,
    `Its profiles: ${names}.`,
    'Set these variables in another shell, then run "oci-profiles check" there. Ctrl-C stops it.',
  ]
}

function formatRequest({ method, target, status, identity, verified }: RequestEntry): string {
  const who = identity ?? 'nobody known'
  const proof = verified ? 'signature verified' : 'not verified'
  return `${safeText(`${method} ${target} -> ${status ?? 'no answer'} (${who}, ${proof})`)}\n`
}
