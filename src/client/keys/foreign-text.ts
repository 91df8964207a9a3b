/** What a text is that holds no private key in PEM: people name the wrong half, the wrong file, the wrong format. Pure. */
import type { CheckCode } from '../../errors.ts'
import { shellWord } from '../../schemas/index.ts'
import type { PemBlock } from './pem.ts'

export interface KeyVerdict {
  code: CheckCode
  /** Goes after the name of the key: "is empty". */
  what: string
  fix?: string
}

/** The frame of a block says what it is; the first rule that fits wins. `path` is for the commands in a fix. */
export function describeForeignText(
  bytes: Buffer,
  text: string,
  blocks: readonly PemBlock[],
  path: string | null,
): KeyVerdict {
  const word = path === null ? 'KEY' : shellWord(path)
  return describeBlocks(blocks, word) ?? describeText(bytes, text, word)
}

function describeBlocks(blocks: readonly PemBlock[], path: string): KeyVerdict | null {
  const labels = blocks.map(({ label }) => label)
  if (labels.includes('OPENSSH PRIVATE KEY')) return describeOpenSsh(blocks, path)
  const other = labels.find((label) => /^(?:EC|DSA|DH|ED25519) PRIVATE KEY$/.test(label))
  if (other)
    return {
      code: 'KEY_NOT_RSA',
      what: `is a key of type ${other.split(' ')[0]}; OCI takes RSA only`,
    }
  if (labels.some((label) => label.endsWith('PUBLIC KEY'))) {
    return { code: 'KEY_IS_PUBLIC', what: 'is the public half of a key' }
  }
  if (labels.some((label) => label.includes('CERTIFICATE'))) {
    const fix = 'Name the private key that belongs to the certificate, in PEM.'
    return { code: 'KEY_INVALID', what: 'is a certificate and not a key', fix }
  }
  if (labels[0] === undefined) return null
  return { code: 'KEY_INVALID', what: `is a PEM file of another kind (${labels[0]})` }
}

function describeOpenSsh(blocks: readonly PemBlock[], path: string): KeyVerdict {
  const der = blocks.find(({ label }) => label === 'OPENSSH PRIVATE KEY')?.der ?? Buffer.alloc(0)
  // The type stands in the public part, which is never encrypted, near the start.
  const type = /ssh-rsa|ssh-dss|ssh-ed25519|ecdsa-sha2-nistp\d+/.exec(der.toString('latin1'))?.[0]
  if (type !== undefined && type !== 'ssh-rsa') {
    return { code: 'KEY_NOT_RSA', what: `is an OpenSSH key of type ${type}; OCI takes RSA only` }
  }
  const fix = `Convert it to PEM in place: ssh-keygen -p -m PEM -f ${path}`
  return { code: 'KEY_INVALID', what: "is in OpenSSH's own format and not in PEM", fix }
}

function describeText(bytes: Buffer, text: string, path: string): KeyVerdict {
  const start = text.replace(/^(?:\u00EF\u00BB\u00BF|\uFEFF)/, '').trimStart()
  if (start === '') return { code: 'KEY_INVALID', what: 'is empty' }
  if (/^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S+) /.test(start)) {
    return { code: 'KEY_IS_PUBLIC', what: 'is the public half of a key, as OpenSSH writes it' }
  }
  if (start.startsWith('PuTTY-User-Key-File')) {
    const fix = `Convert it to PEM: puttygen ${path} -O private-openssh -o KEY.pem`
    return { code: 'KEY_INVALID', what: 'is in the format of PuTTY and not in PEM', fix }
  }
  if (bytes[0] === 0x30 && (bytes[1] ?? 0) > 0x80) {
    const fix = `Convert it to PEM: openssl pkey -inform DER -in ${path} -out KEY.pem`
    return { code: 'KEY_INVALID', what: 'is binary (DER) and not in PEM', fix }
  }
  if (/^[~./\\]|^[A-Za-z]:\\/.test(start) && !start.includes('\n')) {
    const fix = 'Write the path into key_file; key_content takes the text of the key itself.'
    return { code: 'KEY_INVALID', what: 'looks like a path and not like a key', fix }
  }
  const fix = 'A private key in PEM starts with a line such as -----BEGIN PRIVATE KEY-----.'
  return { code: 'KEY_INVALID', what: 'is not a private key in PEM', fix }
}
