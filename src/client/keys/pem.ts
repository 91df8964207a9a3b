/** Text → PEM blocks, forgiving what editors, mails and environment variables do to them. What is in a block is not its concern. */

export interface PemBlock {
  /** `RSA PRIVATE KEY`, `CERTIFICATE`, ... */
  label: string
  /** The block in its canonical form, which OpenSSL reads; `null` when it is cut off or not base64. */
  pem: string | null
  /** Its content, empty when there is none. */
  der: Buffer
  isEncrypted: boolean
}

/** Two to five hyphens: SSH2 keys have four and a blank. */
const BEGIN = /-----BEGIN ([A-Z0-9][A-Z0-9 ]{0,40})-----|---- BEGIN ([A-Z0-9 ]{1,40}) ----/g
const PROC_TYPE = /Proc-Type:\s*4\s*,\s*ENCRYPTED/i
const DEK_INFO = /DEK-Info:\s*([A-Z0-9-]+)\s*,\s*([0-9A-F]+)/i
const OTHER_HEADER = /^[A-Za-z][A-Za-z0-9-]*:.*$/gm
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

export function findPemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = []
  for (const match of text.matchAll(BEGIN)) {
    const label = match[1] ?? match[2] ?? ''
    const start = match.index + match[0].length
    const end = text.indexOf(match[0].replace('BEGIN', 'END'), start)
    blocks.push(end === -1 ? unreadable(label) : readBlock(label, text.slice(start, end)))
  }
  return blocks
}

function readBlock(label: string, inside: string): PemBlock {
  // No PEM holds a backslash: one before an n is a line break that went through a shell or a JSON string.
  const text = inside.replaceAll(/\\r?\\n|\\n/g, '\n').replaceAll(/\r\n?/g, '\n')
  const dek = DEK_INFO.exec(text)
  const base64 = text
    .replace(PROC_TYPE, '')
    .replace(DEK_INFO, '')
    .replaceAll(OTHER_HEADER, '')
    .replaceAll(/\s/g, '')
  if (!BASE64.test(base64)) return unreadable(label)
  const head = dek ? `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${dek[1]},${dek[2]}\n\n` : ''
  return {
    label,
    pem: `-----BEGIN ${label}-----\n${head}${inLines(base64)}\n-----END ${label}-----\n`,
    der: Buffer.from(base64, 'base64'),
    isEncrypted: dek !== null || label === 'ENCRYPTED PRIVATE KEY',
  }
}

function unreadable(label: string): PemBlock {
  return { label, pem: null, der: Buffer.alloc(0), isEncrypted: false }
}

function inLines(base64: string): string {
  return base64.replaceAll(/.{64}(?!$)/g, '$&\n')
}
