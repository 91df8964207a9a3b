/** What only this machine can reach, and the rule for everything else. */
import { BlockList, isIP } from 'node:net'
import { OciProfilesError } from '../errors.ts'
import { SILENT_LOGGER, type Logger } from '../schemas/index.ts'
import type { Settings } from './settings.ts'

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8)
LOOPBACK.addAddress('::1', 'ipv6')

/** Names other than localhost count as reachable from outside, wherever they lead today. */
export function isLoopbackHost(host: string): boolean {
  const version = isIP(host)
  if (version === 0) return host.toLowerCase() === 'localhost'
  return LOOPBACK.check(host, version === 4 ? 'ipv4' : 'ipv6')
}

/** Shorter keys can be guessed by a patient caller. */
const SAFE_KEY_LENGTH = 16

/** Throws API_KEY_REQUIRED where others could reach the service with a key that nobody set; warns of a short one. */
export function requireKeyBeyondLoopback(settings: Settings, logger: Logger = SILENT_LOGGER): void {
  const host = settings.get('host')
  if (isLoopbackHost(host)) return
  if (settings.origin('api_key').source === 'default') {
    const message = `The address ${host} can be reached from other machines, and no api_key is set`
    throw new OciProfilesError('API_KEY_REQUIRED', message, { field: 'api_key' })
  }
  const { length } = settings.get('api_key').reveal()
  if (length >= SAFE_KEY_LENGTH) return
  const fact = `api_key has ${length} characters and ${host} can be reached from other machines`
  logger.warn({ setting: 'api_key' }, `${fact}: use ${SAFE_KEY_LENGTH} or more`)
}
