/** What a key file without a block in PEM holds: another format, a file of another tool, half a key. Pure. */
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { rewriteCommand, shellPath } from '../../schemas/index.ts'
import type { KeyVerdict } from './key-verdict.ts'

interface Unframed {
  bytes: Buffer
  /** Without a byte order mark and white space before it. */
  text: string
  /** `null` for a text that is in no file. */
  path: string | null
}

type Rule = (unframed: Unframed) => KeyVerdict | null

/** The first rule that fits wins. */
export function describeUnframed(bytes: Buffer, text: string, path: string | null): KeyVerdict {
  const start = text.replace(/^(?:\u00EF\u00BB\u00BF|\uFEFF)/, '').trimStart()
  const unframed = { bytes, text: start, path }
  for (const rule of RULES) {
    const verdict = rule(unframed)
    if (verdict !== null) return verdict
  }
  const fix =
    path === null
      ? 'Write the text of the private key, which starts with a line such as -----BEGIN PRIVATE KEY-----.'
      : 'Name the file of the private key, which starts with a line such as -----BEGIN PRIVATE KEY-----.'
  return invalid('is not a private key in PEM', fix)
}

const RULES: readonly Rule[] = [
  ({ text }) => (text === '' ? { code: 'KEY_INVALID', what: 'is empty' } : null),
  ({ text }) => {
    if (!/^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S+) /.test(text)) return null
    return { code: 'KEY_IS_PUBLIC', what: 'is the public half of a key, as OpenSSH writes it' }
  },
  describeToken,
  describeBinary,
  ({ text, path }) => {
    const tool = TOOLS.find(({ patterns }) => patterns.every((pattern) => pattern.test(text)))
    return tool ? invalid(tool.what, tool.fix(path === null ? 'KEY' : shellPath(path))) : null
  },
  describeBrokenFrame,
  describeBase64,
  ({ text, path }) => {
    if (path !== null || !/^[~./\\]|^[A-Za-z]:\\/.test(text) || text.includes('\n')) return null
    const fix = 'Write the path into key_file; key_content takes the text of the key itself.'
    return invalid('looks like a path and not like a key', fix)
  },
]

interface Tool {
  /** Each takes time in proportion to the text. */
  patterns: readonly RegExp[]
  what: string
  fix: (path: string) => string
}

const TOOLS: readonly Tool[] = [
  {
    patterns: [/^PuTTY-User-Key-File/],
    what: 'is in the format of PuTTY and not in PEM',
    fix: (path) => `Convert it to PEM: puttygen ${path} -O private-openssh -o KEY.pem`,
  },
  {
    patterns: [/^version https:\/\/git-lfs\./],
    what: 'is a pointer of Git LFS and not the file itself',
    fix: () => 'Fetch the file, in the folder of its repository: git lfs pull',
  },
  {
    patterns: [/^\$ANSIBLE_VAULT;/],
    what: 'is encrypted by Ansible Vault',
    fix: (path) => `Decrypt it: ansible-vault decrypt ${path}`,
  },
  {
    patterns: [/^age-encryption\.org\//],
    what: 'is encrypted by age',
    fix: (path) => `Decrypt it into a file of its own, and name that: age --decrypt ${path}`,
  },
  {
    patterns: [/^\0GITCRYPT\0/],
    what: 'is encrypted by git-crypt',
    fix: () => 'Decrypt it, in the folder of its repository: git-crypt unlock',
  },
  {
    patterns: [/ENC\[AES256_GCM,|"sops"\s*:\s*\{|^sops:/m],
    what: 'is encrypted by SOPS',
    fix: (path) => `Decrypt it: sops decrypt --in-place ${path}`,
  },
  {
    patterns: [/^<(?:!doctype\b|html\b|\?xml\b)/i],
    what: 'is a web page and not a key',
    fix: () => 'Download the key again: what was saved is a page, such as one to sign in at.',
  },
  {
    patterns: [/^\{/, /"kty"[ \t]*:/],
    what: 'is a JSON Web Key and not in PEM',
    fix: () => 'Export the private key as PEM.',
  },
  {
    patterns: [
      /^\[[^\]\r\n]+\]/,
      /^[ \t]*(?:user|tenancy|key_file|fingerprint|security_token_file)[ \t]*[=:]/m,
    ],
    what: 'is a config file and not a key',
    fix: () => 'Name the file that key_file names in it.',
  },
]

function describeToken({ text, path }: Unframed): KeyVerdict | null {
  if (!/^(?:ST\$)?eyJ[\w-]+\.[\w-]+\./.test(text)) return null
  const fix =
    path === null
      ? 'Write the text of the private key; a session token goes into the file that security_token_file names.'
      : 'Name the private key; a session token is for security_token_file.'
  return { code: 'KEY_INVALID', what: 'is a session token and not a key', fix }
}

/** DER, as Java and Windows keep keys: the private one, the public one, a certificate, or a box around them. */
function describeBinary({ bytes, path }: Unframed): KeyVerdict | null {
  if (bytes[0] !== 0x30 || (bytes[1] ?? 0) <= 0x80) return null
  const convert = (command: (name: string) => string) => {
    return `Convert it to PEM: ${rewriteCommand(path ?? 'KEY', command)}`
  }
  // The version of PKCS#12, right behind the length.
  if (/^30(?:8[1-4](?:..){1,4}?)020103/.test(bytes.subarray(0, 9).toString('hex'))) {
    return invalid(
      'is a PKCS#12 file and not in PEM',
      convert((name) => `openssl pkcs12 -nocerts -nodes -in ${name} | openssl pkey`),
    )
  }
  if (isReadable(() => new X509Certificate(bytes))) {
    const fix = 'Name the private key that belongs to the certificate, in PEM.'
    return invalid('is a certificate (DER) and not a key', fix)
  }
  if (isPublicDer(bytes))
    return { code: 'KEY_IS_PUBLIC', what: 'is the public half of a key (DER)' }
  return invalid(
    'is binary (DER) and not in PEM',
    convert((name) => `openssl pkey -inform DER -in ${name}`),
  )
}

/** BEGIN and END lines that lost hyphens on the way, or got dashes for them. */
function describeBrokenFrame({ bytes, text, path }: Unframed): KeyVerdict | null {
  const label = /^\W{0,20}BEGIN ((?:RSA |ENCRYPTED )?PRIVATE KEY)/.exec(text)?.[1]
  if (label === undefined) return null
  const what = `has a line BEGIN ${label} without five hyphens on each side`
  const byHand = `Write its first line as -----BEGIN ${label}-----, and its last one as -----END ${label}-----.`
  // What else stands on the lines would be lost.
  if (path === null || isUtf16(bytes) || !isFramed(text, label)) return invalid(what, byHand)
  const command = (name: string) => {
    return String.raw`LC_ALL=C sed -E 's,^[^A-Za-z]*((BEGIN|END) ${label})[^A-Za-z0-9+/]*$,-----\1-----,' ${name}`
  }
  return invalid(what, `Run: ${rewriteCommand(path, command)}`)
}

/** Both lines stand alone, and between them is nothing but Base64. */
function isFramed(text: string, label: string): boolean {
  const lines = text.trimEnd().split(/\r?\n/)
  const isFrame = (line: string | undefined, word: string) => {
    return line !== undefined && line.replace(/^\W+|\W+$/g, '') === `${word} ${label}`
  }
  const body = lines.slice(1, -1)
  return (
    isFrame(lines[0], 'BEGIN') &&
    isFrame(lines.at(-1), 'END') &&
    body.length > 0 &&
    body.every((line) => /^[A-Za-z0-9+/=]+[ \t]*$/.test(line))
  )
}

/** What pipelines keep in variables: a PEM file once more in Base64, or its lines without the first and the last. */
function describeBase64({ bytes, text, path }: Unframed): KeyVerdict | null {
  const base64 = text.replaceAll(/\s/g, '')
  if (base64.length < 64 || isUtf16(bytes) || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null
  const decoded = Buffer.from(base64, 'base64')
  if (decoded.includes('-----BEGIN')) {
    const fix =
      path === null
        ? 'Decode it first: key_content takes the text that starts with -----BEGIN.'
        : `Decode it: ${rewriteCommand(path, (name) => `{ ${ONLY_BASE64} | base64 -d; } < ${name}`)}`
    return invalid('is a PEM file in Base64 once more', fix)
  }
  const label = labelOf(decoded)
  if (label === null) return null
  const what = `lacks its first and its last line, -----BEGIN ${label}----- and -----END ${label}-----`
  if (label === 'PUBLIC KEY') return { code: 'KEY_IS_PUBLIC', what: 'is the public half of a key' }
  if (path === null) return invalid(what, 'Write them around it.')
  const command = (name: string) => {
    return String.raw`{ echo '-----BEGIN ${label}-----'; ${ONLY_BASE64} | fold -w 64; printf '\n-----END ${label}-----\n'; } < ${name}`
  }
  return invalid(what, `Run: ${rewriteCommand(path, command)}`)
}

/** Of stdin, which the shell opens first: where the file is not there, nothing is written. */
const ONLY_BASE64 = "tr -cd 'A-Za-z0-9+/='"

function isUtf16(bytes: Buffer): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xfe
}

function labelOf(der: Buffer): string | null {
  if (isReadable(() => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }))) {
    return 'PRIVATE KEY'
  }
  if (isReadable(() => createPrivateKey({ key: der, format: 'der', type: 'pkcs1' }))) {
    return 'RSA PRIVATE KEY'
  }
  return isPublicDer(der) ? 'PUBLIC KEY' : null
}

function isPublicDer(der: Buffer): boolean {
  return isReadable(() => createPublicKey({ key: der, format: 'der', type: 'spki' }))
}

function isReadable(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch {
    return false
  }
}

function invalid(what: string, fix: string): KeyVerdict {
  return { code: 'KEY_INVALID', what, fix }
}
