/**
 * Forms of a PEM file that this package reads and other tools do not: measured with the key readers of the TypeScript SDK
 * (sshpk 1.18) and of the Python SDK (cryptography 48). CR LF, and a label such as `OCI_API_KEY` behind the key, trouble
 * neither. Never shows a part of the text.
 */
import { decodeKeyText } from './key-text.ts'
import { findPemBlocks, type PemBlock } from './pem.ts'

export type KeyReader = 'python_sdk' | 'typescript_sdk'

export interface KeyQuirk {
  /** Goes on after "the key file": "has text before ...". */
  what: string
  unreadableFor: readonly KeyReader[]
  /** Shell command that writes the key to stdout as all read it. `path` is one word of a shell. */
  command: (path: string) => string
}

export interface KeyForm {
  isEncrypted: boolean
  quirks: KeyQuirk[]
}

const TYPESCRIPT: readonly KeyReader[] = ['typescript_sdk']
const PYTHON: readonly KeyReader[] = ['python_sdk']
const BOTH: readonly KeyReader[] = ['python_sdk', 'typescript_sdk']

/** Without the other lines, and without what stands beside the frame: a quote, say. */
const onlyTheKey: KeyQuirk['command'] = (path) =>
  String.raw`sed -n '/BEGIN .*PRIVATE KEY/,/END .*PRIVATE KEY/{s/^.*-----BEGIN/-----BEGIN/;s/\(-----END [A-Z ]*-----\).*/\1/;p;}' ${path}`
/** 1.2.840.113549.1.5.12, PBKDF2: what other ways to make a key of the pass phrase lack. */
const PBKDF2 = '2a864886f70d01050c'

interface Parts {
  block: PemBlock
  before: string
  /** Between the BEGIN and the END line. */
  inside: string
  after: string
}

type Rule = [isSo: (parts: Parts) => boolean, quirk: KeyQuirk]

const RULES: readonly Rule[] = [
  [
    ({ before }) => before.replace(/-----BEGIN [^]*/, '').trim() !== '',
    {
      what: 'has text before its BEGIN line',
      unreadableFor: TYPESCRIPT,
      command: onlyTheKey,
    },
  ],
  [
    ({ before, after }) => /-----BEGIN [A-Z0-9 ]*PUBLIC KEY-----/.test(before + after),
    { what: 'holds a public key besides', unreadableFor: TYPESCRIPT, command: onlyTheKey },
  ],
  [
    ({ inside }) => inside.includes('\\n'),
    {
      what: String.raw`has \n in place of line breaks`,
      unreadableFor: BOTH,
      command: (path) => String.raw`awk '{gsub(/\\n/, "\n")} 1' ${path}`,
    },
  ],
  [
    ({ inside }) => !inside.includes('\\n') && !/^[ \t]*[\r\n][^]*[\r\n][ \t]*$/.test(inside),
    {
      what: 'lacks a line break behind BEGIN or before END',
      unreadableFor: TYPESCRIPT,
      command: (path) =>
        String.raw`awk '{gsub(/KEY-----/, "&\n"); gsub(/-----END/, "\n&")} 1' ${path} | sed '/^ *$/d'`,
    },
  ],
  [
    ({ inside }) => !isLegacy(inside) && /[^\r\n](?:\r?\n){2,}/.test(inside),
    {
      what: 'has an empty line within the key',
      unreadableFor: PYTHON,
      command: (path) => `sed '/^[[:space:]]*$/d' ${path}`,
    },
  ],
  [
    ({ inside }) => /DEK-Info:[^\r\n]*\r?\n[ \t]*\S/.test(inside),
    {
      what: 'lacks the empty line behind DEK-Info',
      unreadableFor: PYTHON,
      command: (path) => `awk '{print} /^DEK-Info:/ {print ""}' ${path}`,
    },
  ],
  [
    ({ block }) =>
      block.label === 'ENCRYPTED PRIVATE KEY' && !block.der.toString('hex').includes(PBKDF2),
    {
      what: 'is encrypted in a way that is neither AES nor 3DES by PBKDF2',
      unreadableFor: TYPESCRIPT,
      command: (path) => `openssl pkcs8 -topk8 -v2 aes-256-cbc -in ${path}`,
    },
  ],
]

const UTF16: KeyQuirk = {
  what: 'is UTF-16',
  unreadableFor: BOTH,
  command: (path) => `iconv -f UTF-16 -t UTF-8 ${path}`,
}

/** `null` for what holds no private key that can be read here. */
export function describeKeyForm(bytes: Buffer): KeyForm | null {
  const { text, isUtf16 } = decodeKeyText(bytes)
  const parts = takeApart(text)
  if (parts === null) return null
  const { isEncrypted } = parts.block
  if (isUtf16) return { isEncrypted, quirks: [UTF16] }
  const quirks = RULES.filter(([isSo]) => isSo(parts)).map(([, quirk]) => quirk)
  return { isEncrypted, quirks }
}

function takeApart(text: string): Parts | null {
  const block = findPemBlocks(text).find(({ label }) => label.endsWith('PRIVATE KEY'))
  if (!block?.pem) return null
  const begin = `-----BEGIN ${block.label}-----`
  const end = `-----END ${block.label}-----`
  const start = text.indexOf(begin)
  const stop = text.indexOf(end, start)
  if (start === -1 || stop === -1) return null
  return {
    block,
    before: text.slice(0, start).replace(/^\u00EF\u00BB\u00BF/, ''),
    inside: text.slice(start + begin.length, stop),
    after: text.slice(stop + end.length),
  }
}

/** Encrypted as OpenSSL once did it: with headers before the key. */
function isLegacy(inside: string): boolean {
  return inside.includes('DEK-Info:')
}
