/** Whole numbers, written with digits only. */
import { notExpected, type SettingKind } from '../setting.ts'

export function integerKind(least: number, most: number): SettingKind<number> {
  const expected = `an integer from ${least} to ${most}`
  const accept = (value: number, raw: unknown) =>
    Number.isInteger(value) && value >= least && value <= most
      ? { value }
      : notExpected(raw, expected)
  return {
    expected,
    readText: (text) => accept(/^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : NaN, text),
    readJson: (raw) => accept(typeof raw === 'number' ? raw : NaN, raw),
  }
}

/** Kubernetes gives this variable to every pod beside a Service named oci-profiles: worth saying, it is hard to guess. */
const SERVICE_LINK = /^(tcp|udp):\/\//

export function portKind(): SettingKind<number> {
  const kind = integerKind(0, 65535)
  const readText = (text: string) =>
    SERVICE_LINK.test(text)
      ? {
          fault:
            'is the address of a Kubernetes Service named oci-profiles (enableServiceLinks: false ' +
            `keeps it away), expected ${kind.expected}`,
        }
      : kind.readText(text)
  return { ...kind, readText }
}
