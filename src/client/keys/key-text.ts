/** Bytes of a key file → text. PEM is ASCII: what else there is must only not get in the way. */

export interface KeyText {
  text: string
  isUtf16: boolean
}

export function decodeKeyText(bytes: Buffer): KeyText {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe
  const text = isUtf16 ? new TextDecoder('utf-16le').decode(bytes) : bytes.toString('latin1')
  return { text, isUtf16 }
}
