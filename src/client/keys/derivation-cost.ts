/**
 * How much work it is to turn a pass phrase into the key of an encrypted PKCS#8 block. The block itself sets that, and a
 * hostile one may ask for hours; so the figure is read before the work is begun.
 */

/** About a second of work; OpenSSL writes 2,048, password managers some 600,000. */
export const MAX_DERIVATION_COST = 2_000_000

const SEQUENCE = 0x30
const INTEGER = 0x02
const OBJECT_IDENTIFIER = 0x06
const SCRYPT = '2b06010401da47040b'
const MAX_ELEMENTS = 100

interface Element {
  tag: number
  content: Buffer
  end: number
}

/** Rounds of the derivation, `null` for a block whose structure is not that of an encrypted key. */
export function derivationCost(der: Buffer): number | null {
  const outer = readElement(der, 0)
  const algorithm = outer?.tag === SEQUENCE ? readElement(outer.content, 0) : null
  if (algorithm?.tag !== SEQUENCE) return null
  const integers: number[] = []
  const isScrypt = collect(algorithm.content, integers)
  if (!isScrypt) return Math.max(0, ...integers)
  const [n = 1, r = 1, p = 1] = integers
  return n * r * p
}

/** Gathers the integers in order of appearance; true when scrypt is named. */
function collect(der: Buffer, integers: number[], depth = 0): boolean {
  let isScrypt = false
  for (let at = 0, count = 0; at < der.length && count < MAX_ELEMENTS && depth < 8; count += 1) {
    const element = readElement(der, at)
    if (!element) break
    if (element.tag === SEQUENCE)
      isScrypt = collect(element.content, integers, depth + 1) || isScrypt
    if (element.tag === INTEGER) integers.push(toNumber(element.content))
    if (element.tag === OBJECT_IDENTIFIER) isScrypt ||= element.content.toString('hex') === SCRYPT
    at = element.end
  }
  return isScrypt
}

function readElement(der: Buffer, at: number): Element | null {
  const tag = der[at]
  const first = der[at + 1]
  if (tag === undefined || first === undefined) return null
  const lengthBytes = first < 0x80 ? 0 : first - 0x80
  const start = at + 2 + lengthBytes
  if (lengthBytes > 4 || start > der.length) return null
  const length = lengthBytes === 0 ? first : der.readUIntBE(at + 2, lengthBytes)
  const end = start + length
  return end > der.length ? null : { tag, content: der.subarray(start, end), end }
}

function toNumber(content: Buffer): number {
  return content.length > 6
    ? Infinity
    : content.length === 0
      ? 0
      : content.readUIntBE(0, content.length)
}
