/** Addresses and names of hosts, and lists of them. */
import { isIP, isIPv6 } from 'node:net'
import { notExpected, type Reading, type SettingKind } from '../setting.ts'
import { textKind } from './text.ts'

const LABEL = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?'
const HOST_NAME = new RegExp(`^(?=.{1,253}$)${LABEL}(\\.${LABEL})*$`)

/** Lower case, no final dot, IPv6 without brackets; `undefined` for what is no host. */
export function acceptHost(text: string): string | undefined {
  const lower = text.toLowerCase()
  const bare = /^\[(.*)\]$/.exec(lower)?.[1]
  if (bare !== undefined) return isIPv6(bare) ? bare : undefined
  if (isIP(lower)) return lower
  const name = lower.replace(/\.$/, '')
  return HOST_NAME.test(name) ? name : undefined
}

export function hostKind(): SettingKind<string> {
  return textKind('an IP address or a host name, without port', acceptHost)
}

/** Text: separated by commas; JSON: a list of texts. */
export function hostListKind(): SettingKind<readonly string[]> {
  const expected = 'host names or IP addresses without port, separated by commas (in JSON a list)'
  const accept = (items: unknown[], raw: unknown): Reading<readonly string[]> => {
    const hosts = items.map((item) => (typeof item === 'string' ? acceptHost(item) : undefined))
    const known = hosts.filter((host) => host !== undefined)
    const complete = known.length === items.length && known.length > 0
    return complete ? { value: Object.freeze(known) } : notExpected(raw, expected)
  }
  return {
    expected,
    readText: (text) =>
      accept(
        text.split(',').map((item) => item.trim()),
        text,
      ),
    readJson: (raw) => accept(Array.isArray(raw) ? raw : [], raw),
  }
}
