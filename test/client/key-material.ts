/** Private keys in the forms that people have, good and bad: made when the tests start, none in the repository. */
import {
  createCipheriv,
  generateKeyPairSync,
  randomBytes,
  scryptSync,
  type KeyObject,
} from 'node:crypto'

export const PASS_PHRASE = 'right: "quotes" & ümläut'

export const { privateKey: goodKey, publicKey: goodPublicKey } = rsaPair(2048)

export function rsaPair(modulusLength: number): { privateKey: KeyObject; publicKey: KeyObject } {
  return generateKeyPairSync('rsa', { modulusLength })
}

/** In PEM; with a pass phrase, encrypted as `openssl rsa -aes128 -traditional` and `openssl pkcs8 -v2` do it. */
export function exportKey(
  key: KeyObject,
  type: 'pkcs1' | 'pkcs8' | 'sec1',
  passphrase?: string,
): string {
  const cipher = type === 'pkcs8' ? 'aes-256-cbc' : 'aes-128-cbc'
  const options = { type, format: 'pem', ...(passphrase !== undefined && { cipher, passphrase }) }
  return key.export(options as { type: 'pkcs8'; format: 'pem' }) as string
}

/** As `openssl pkcs8 -scrypt` writes it, which Node reads and does not write. */
export function exportWithScrypt(key: KeyObject, passPhrase: string): string {
  const [salt, iv, n] = [randomBytes(16), randomBytes(16), 16_384]
  const cipher = createCipheriv('aes-256-cbc', scryptSync(passPhrase, salt, 32, { N: n }), iv)
  const der = key.export({ type: 'pkcs8', format: 'der' })
  const content = Buffer.concat([cipher.update(der), cipher.final()])
  return encryptedFrame(scrypt(salt, n, 8, 1), iv, content)
}

/** An encrypted key that asks for so many rounds of PBKDF2 before its pass phrase can be judged. */
export function keyWithRounds(rounds: number): string {
  const derivation = sequence(
    oid('2a864886f70d01050c'),
    sequence(octets(randomBytes(8)), integer(rounds)),
  )
  return encryptedFrame(derivation, randomBytes(16), randomBytes(1232))
}

export function keyWithScrypt(n: number, r: number, p: number): string {
  return encryptedFrame(scrypt(randomBytes(8), n, r, p), randomBytes(16), randomBytes(1232))
}

/** Encrypted with DES, as OpenSSL did in the last century. */
export function keyWithDes(): string {
  const algorithm = sequence(
    oid('2a864886f70d010503'),
    sequence(octets(randomBytes(8)), integer(2048)),
  )
  return pem('ENCRYPTED PRIVATE KEY', sequence(algorithm, octets(randomBytes(1232))))
}

/** The frame of OpenSSH's own format, with a public part of that type. */
export function opensshKey(type: string): string {
  const text = (value: string) => Buffer.concat([uint32(value.length), Buffer.from(value)])
  const publicPart = Buffer.concat([text(type), randomBytes(64)])
  const head = [Buffer.from('openssh-key-v1\0'), text('none'), text('none'), text(''), uint32(1)]
  const der = Buffer.concat([...head, uint32(publicPart.length), publicPart, randomBytes(200)])
  return pem('OPENSSH PRIVATE KEY', der)
}

/** Public half of one key, private half of another: it parses, and what it signs is worth nothing. */
export function mixedUpKey(): string {
  const one = goodKey.export({ format: 'jwk' })
  const two = rsaPair(2048).privateKey.export({ format: 'jwk' })
  const numbers = [one.n, one.e, two.d, two.p, two.q, two.dp, two.dq, two.qi]
  const parts = numbers.map((value) => bigInteger(Buffer.from(value ?? '', 'base64url')))
  return pem('RSA PRIVATE KEY', sequence(integer(0), ...parts))
}

export function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

function scrypt(salt: Buffer, n: number, r: number, p: number): Buffer {
  return sequence(
    oid('2b06010401da47040b'),
    sequence(octets(salt), integer(n), integer(r), integer(p)),
  )
}

function encryptedFrame(derivation: Buffer, iv: Buffer, content: Buffer): string {
  const cipher = sequence(oid('60864801650304012a'), octets(iv))
  const algorithm = sequence(oid('2a864886f70d01050d'), sequence(derivation, cipher))
  return pem('ENCRYPTED PRIVATE KEY', sequence(algorithm, octets(content)))
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32BE(value)
  return buffer
}

function element(tag: number, content: Buffer): Buffer {
  const { length } = content
  const head = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(head), content])
}

function sequence(...parts: Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts))
}

function oid(hex: string): Buffer {
  return element(0x06, Buffer.from(hex, 'hex'))
}

function octets(content: Buffer): Buffer {
  return element(0x04, content)
}

function integer(value: number): Buffer {
  return bigInteger(Buffer.from(value.toString(16).padStart(12, '0'), 'hex'))
}

function bigInteger(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const trimmed = first === -1 ? Buffer.from([0]) : bytes.subarray(first)
  const isHigh = (trimmed[0] ?? 0) > 0x7f
  return element(0x02, isHigh ? Buffer.concat([Buffer.from([0]), trimmed]) : trimmed)
}
