/** DER: values of ASN.1 as bytes, those that a certificate is made of. Pure. */
import { isIPv4, isIPv6 } from 'node:net'

function der(tag: number, ...parts: (Uint8Array | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part as string)))
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(content.length)]), content])
}

export const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts)
/** The members in the order that DER demands. */
export const set = (...parts: Buffer[]): Buffer => der(0x31, ...parts.toSorted(Buffer.compare))
export const integer = (bytes: Uint8Array): Buffer => der(0x02, bytes)
export const octets = (content: Uint8Array): Buffer => der(0x04, content)
export const text = (value: string): Buffer => der(0x0c, value)
export const nothing = (): Buffer => der(0x05)
export const truth = (): Buffer => der(0x01, Buffer.from([0xff]))
/** `unused`: bits at the end of the last byte that do not count. */
export const bits = (content: Uint8Array, unused = 0): Buffer =>
  der(0x03, Buffer.from([unused]), content)
/** `[number]` around or in place of a value. */
export const context = (number: number, content: Uint8Array | string): Buffer =>
  der(0x80 + number, content)
export const explicit = (number: number, content: Buffer): Buffer => der(0xa0 + number, content)

/** `2.5.4.3`; no arc above 2^28. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

/** In whole seconds; years before 2050 in two digits, as RFC 5280 demands. */
export function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/\.\d+|[-:T]/g, '')
  return digits < '2050' ? der(0x17, digits.slice(2)) : der(0x18, digits)
}

/** The bytes of an IP address; `null` for what is none. */
export function addressBytes(host: string): Buffer | null {
  if (isIPv4(host)) return Buffer.from(host.split('.').map(Number))
  if (!isIPv6(host) || host.includes('.') || host.includes('%')) return null
  const [head = '', tail] = host.split('::')
  const [before, after] = [words(head), words(tail ?? '')]
  const zeros = Array<string>(8 - before.length - after.length).fill('0')
  const all = tail === undefined ? before : [...before, ...zeros, ...after]
  return Buffer.from(all.map((word) => word.padStart(4, '0')).join(''), 'hex')
}

function words(text: string): string[] {
  return text === '' ? [] : text.split(':')
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length]
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff)
  return [0x80 + bytes.length, ...bytes]
}

function base128(arc: number): number[] {
  const bytes = [arc & 0x7f]
  for (let rest = arc >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80)
  return bytes
}
