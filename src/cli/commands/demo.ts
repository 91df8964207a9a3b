/** `demo`: the service over sample profiles and a local stand-in for OCI; nothing of the user's is touched. */
import { join } from 'node:path'
import { OciProfilesError } from '../../errors.ts'
import { startService, type Service, type ServiceOptions } from '../../lifecycle.ts'
import type { RunningEmulator } from '../../../emulator/index.ts'
import type { Answer, Request } from '../command.ts'
import { consoleLink } from '../console-link.ts'
import { rejectWhenInterrupted, untilInterrupted } from '../interruption.ts'
import { readPort } from '../port.ts'
import { renderChecks, type Style } from '../render/index.ts'
import { createServiceLog } from '../service-log.ts'
import { startEmulator } from '../start-emulator.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

export async function demo({ flags, io, style }: Request): Promise<Answer> {
  const port = readPort(flags.port)
  await using open = new AsyncDisposableStack()
  const folder = open.use(makeTemporaryFolder('oci-profiles-demo-')).path
  const emulator = await startEmulator({
    dir: join(folder, 'oci'),
    samples: 'all',
    principals: true,
  })
  open.defer(() => emulator.close())
  const level = flags.debug ? 'debug' : 'warn'
  const service = await startOnFreePort(port, {
    flags: { config_file: emulator.configFile, log_level: level },
    env: demoEnvironment(folder, emulator),
    cwd: folder,
    logger: createServiceLog(io.stderr, level),
    signal: io.signal,
  })
  open.defer(() => service.stop())
  await rejectWhenInterrupted(io.signal, service.checked)

  const rest = open.move()
  const stop = async (): Promise<Answer> => {
    await untilInterrupted(io.signal)
    await rest.disposeAsync()
    return { notes: ['The demo has ended; nothing is left of it.'] }
  }
  return { output: describe(service, emulator, style), next: stop }
}

/** Nothing of the user's own environment: no profile, no proxy, no setting gets in. */
function demoEnvironment(folder: string, { url, env }: RunningEmulator): Record<string, string> {
  return {
    HOME: folder,
    OCI_PROFILES_ENDPOINT_URL: url,
    ...env,
    OCI_PROFILES_DATABASE_URL: `sqlite:${join(folder, 'core.db')}`,
  }
}

/** The port that is asked for, else the usual one, else any. */
async function startOnFreePort(
  port: number | undefined,
  options: ServiceOptions,
): Promise<Service> {
  const startOn = (text?: string) =>
    startService({ ...options, flags: { ...options.flags, port: text } })
  if (port !== undefined) return startOn(String(port))
  try {
    return await startOn()
  } catch (error) {
    if (error instanceof OciProfilesError && error.code === 'PORT_IN_USE') return startOn('0')
    throw error
  }
}

function describe(service: Service, emulator: RunningEmulator, style: Style): string {
  const { url, apiKey, registry } = service
  const profiles = registry.list()
  const useable = profiles.filter((profile) => profile.useable).length
  const curl = `curl -H 'X-API-Key: ${apiKey.reveal()}'`
  const lines = [
    style.bold('This is a demo: nothing in it is real.'),
    `A local stand-in for OCI answers at ${emulator.url}.`,
    'The service has checked the sample profiles against it:',
    '',
    renderChecks(profiles, style),
    `${useable} of ${profiles.length} profiles work. The others are broken on purpose, each in its own way.`,
    '',
    `Console:  ${consoleLink(url, apiKey)}`,
    `API:      ${url}/v1/oci-profiles`,
    '',
    'To try in another shell:',
    `  ${curl} ${url}/v1/oci-profiles`,
    `  ${curl} ${url}/v1/oci-profiles/WRONG_FINGERPRINT/diagnosis`,
    `  ${curl} -X POST ${url}/v1/oci-profiles/DEFAULT/check`,
    '',
    'Ctrl-C ends the demo and removes everything that it made.',
  ]
  return `${lines.join('\n')}\n`
}
