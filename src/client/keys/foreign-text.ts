/** What a text is that holds no private key in PEM: people name the wrong half, the wrong file, the wrong format. Pure. */
import { rewriteCommand, shellPath } from '../../schemas/index.ts'
import type { KeyVerdict } from './key-verdict.ts'
import type { PemBlock } from './pem.ts'
import { describeUnframed } from './unframed-text.ts'

/** The frame of a block says what it is; the first rule that fits wins. `path` is for the commands in a fix. */
export function describeForeignText(
  bytes: Buffer,
  text: string,
  blocks: readonly PemBlock[],
  path: string | null,
): KeyVerdict {
  return describeBlocks(blocks, path ?? 'KEY') ?? describeUnframed(bytes, text, path)
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
  if (labels.some((label) => label.endsWith('CERTIFICATE REQUEST'))) {
    const fix = 'Name the private key that the request was made with.'
    return { code: 'KEY_INVALID', what: 'is a request for a certificate and not a key', fix }
  }
  if (labels.some((label) => label.includes('CERTIFICATE'))) {
    const fix = 'Name the private key that belongs to the certificate, in PEM.'
    return { code: 'KEY_INVALID', what: 'is a certificate and not a key', fix }
  }
  if (labels[0] === undefined) return null
  if (labels[0] === 'PGP MESSAGE') {
    const fix = `Decrypt it: ${rewriteCommand(path, (word) => `gpg --decrypt ${word}`)}`
    return { code: 'KEY_INVALID', what: 'is encrypted by PGP (PGP MESSAGE)', fix }
  }
  return { code: 'KEY_INVALID', what: `is a PEM file of another kind (${labels[0]})` }
}

function describeOpenSsh(blocks: readonly PemBlock[], path: string): KeyVerdict {
  const der = blocks.find(({ label }) => label === 'OPENSSH PRIVATE KEY')?.der ?? Buffer.alloc(0)
  // The type stands in the public part, which is never encrypted, near the start.
  const type = /ssh-rsa|ssh-dss|ssh-ed25519|ecdsa-sha2-nistp\d+/.exec(der.toString('latin1'))?.[0]
  if (type !== undefined && type !== 'ssh-rsa') {
    return { code: 'KEY_NOT_RSA', what: `is an OpenSSH key of type ${type}; OCI takes RSA only` }
  }
  const fix = `Convert it to PEM in place: ssh-keygen -p -m PEM -f ${shellPath(path)}`
  return { code: 'KEY_INVALID', what: "is in OpenSSH's own format and not in PEM", fix }
}
