/** DER in text: PEM, or bare base64 as the SDKs send it. Pure. */

type Label = 'CERTIFICATE' | 'PUBLIC KEY'

const ARMOUR = /^\s*-----BEGIN ([A-Z ]{1,30})-----([^-]*)-----END \1-----\s*$/

export function toPem(label: Label, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

/** With the lines of PEM or without; `null` for other labels, for other text, and for base64 that nobody would write. */
export function fromArmour(label: Label, text: unknown): Buffer | null {
  if (typeof text !== 'string') return null
  const armour = ARMOUR.exec(text)
  if (armour !== null && armour[1] !== label) return null
  const base64 = (armour?.[2] ?? text).replace(/\s+/g, '')
  const bytes = Buffer.from(base64, 'base64')
  return bytes.length > 0 && bytes.toString('base64') === base64 ? bytes : null
}
