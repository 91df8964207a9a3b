/** `serve`: the REST service, until it is told to stop. */
import { startService, type Service } from '../../lifecycle.ts'
import type { Answer, Request } from '../command.ts'
import { consoleLink } from '../console-link.ts'
import { untilInterrupted } from '../interruption.ts'
import { createServiceLog } from '../service-log.ts'

export async function serve({ flags, io }: Request): Promise<Answer> {
  const { env, cwd, signal } = io
  const level = flags.debug ? 'debug' : undefined
  const service = await startService({
    flags: {
      host: flags.host,
      port: flags.port,
      config_file: flags.configFile || undefined,
      log_level: level,
    },
    env,
    cwd,
    logger: createServiceLog(io.stderr, level ?? 'info'),
    signal,
  })
  const stop = async (): Promise<Answer> => {
    await untilInterrupted(signal)
    await service.stop()
    return {}
  }
  return { output: announce(service), next: stop }
}

/** A key that was set is known to those who may; one that was made has to be told, this once. */
function announce({ url, apiKey, apiKeyWasMade }: Service): string {
  const listening = `oci-profiles is listening on ${url}\n`
  if (!apiKeyWasMade) return listening
  return `${listening}Console, with the API key of this run, shown this once: ${consoleLink(url, apiKey)}\n`
}
