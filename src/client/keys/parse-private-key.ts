/** Text of a private key → `KeyObject` fit for OCI, or the exact reason why not. Never shows a part of the text. */
import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { OciProfilesError, type CheckCode } from '../../errors.ts'
import { rewriteCommand } from '../../schemas/index.ts'
import type { Secret } from '../../secret.ts'
import { derivationCost, MAX_DERIVATION_COST } from './derivation-cost.ts'
import { describeForeignText } from './foreign-text.ts'
import { decodeKeyText } from './key-text.ts'
import type { KeyVerdict } from './key-verdict.ts'
import { findPemBlocks, type PemBlock } from './pem.ts'

/** Where the text came from, for the words of an error. */
export interface KeyOrigin {
  /** `the key in /path`, for the start of a sentence. */
  name: string
  path: string | null
  /** Wire name of the field, or name of the environment variable. */
  field: string
  /** The same for the pass phrase; `pass_phrase` when left out. */
  passPhraseField?: string
}

const WHOLE_TEXT =
  'Give the whole text of the key; in a config file, each of its lines but the first starts with white space.'

const MIN_BITS = 2048
/** Longer ones take the process seconds per signature. */
const MAX_BITS = 8192
const MAX_TEXT_BYTES = 64 * 1024

const READABLE = ['PRIVATE KEY', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY']

export function parsePrivateKey(
  bytes: Buffer,
  passPhrase: Secret | null,
  origin: KeyOrigin,
): KeyObject {
  if (bytes.length > MAX_TEXT_BYTES) {
    throw fault(origin, { code: 'KEY_INVALID', what: 'is larger than 64 KiB' })
  }
  const { text } = decodeKeyText(bytes)
  const blocks = findPemBlocks(text)
  const block = blocks.find(({ label }) => READABLE.includes(label))
  if (!block) throw fault(origin, describeForeignText(bytes, text, blocks, origin.path))
  const key = openBlock(block, passPhrase, origin)
  assertFit(key, origin)
  return key
}

function openBlock(block: PemBlock, passPhrase: Secret | null, origin: KeyOrigin): KeyObject {
  if (block.pem === null) {
    const what =
      'is damaged: its END line is missing, or what is between BEGIN and END is not base64'
    throw fault(origin, {
      code: 'KEY_INVALID',
      what,
      fix: origin.path === null ? WHOLE_TEXT : 'Copy the whole file again.',
    })
  }
  if (!block.isEncrypted) return openPlain(block.pem, origin)
  if (passPhrase === null) {
    throw passPhraseFault(origin, 'PASS_PHRASE_MISSING', 'is encrypted and there is no pass phrase')
  }
  assertAffordable(block, origin)
  return openEncrypted(block.pem, passPhrase, origin)
}

function openPlain(pem: string, origin: KeyOrigin): KeyObject {
  try {
    return createPrivateKey({ key: pem, format: 'pem' })
  } catch {
    const what = 'is damaged: it has the frame of a private key and not its content'
    throw fault(origin, { code: 'KEY_INVALID', what })
  }
}

function openEncrypted(pem: string, passPhrase: Secret, origin: KeyOrigin): KeyObject {
  try {
    return createPrivateKey({ key: pem, format: 'pem', passphrase: passPhrase.reveal() })
  } catch (error) {
    // A wrong pass phrase shows as bad padding, or as padding that is good by chance before nonsense.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_OSSL_EVP_UNSUPPORTED') {
      throw passPhraseFault(origin, 'PASS_PHRASE_WRONG', 'does not open with the pass phrase')
    }
    const what = 'is encrypted in an old way that OpenSSL 3 does not open'
    const fix = reencrypt(origin, { legacy: true })
    throw fault(origin, { code: 'KEY_INVALID', what, fix })
  }
}

function assertAffordable({ label, der }: PemBlock, origin: KeyOrigin): void {
  if (label !== 'ENCRYPTED PRIVATE KEY') return
  const cost = derivationCost(der)
  if (cost === null) {
    throw fault(origin, { code: 'KEY_INVALID', what: 'is damaged: not an encrypted private key' })
  }
  if (cost <= MAX_DERIVATION_COST) return
  const what = `asks for ${cost} rounds to turn the pass phrase into a key; at most ${MAX_DERIVATION_COST} are done here`
  throw fault(origin, { code: 'KEY_INVALID', what, fix: reencrypt(origin) })
}

/** RSA, long enough, and whole: a signature made with it can be verified. */
function assertFit(key: KeyObject, origin: KeyOrigin): void {
  const type = key.asymmetricKeyType
  if (type !== 'rsa') {
    throw fault(origin, { code: 'KEY_NOT_RSA', what: `is of type ${type}; OCI takes RSA only` })
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (bits < MIN_BITS) {
    const what = `has ${bits} bits; OCI takes ${MIN_BITS} or more`
    throw fault(origin, { code: 'KEY_TOO_SHORT', what })
  }
  if (bits > MAX_BITS) {
    const what = `has ${bits} bits; at most ${MAX_BITS} can be used here`
    throw fault(origin, { code: 'KEY_INVALID', what, fix: 'Make a key of 2048 to 4096 bits.' })
  }
  if (!isWhole(key)) {
    throw fault(origin, {
      code: 'KEY_INVALID',
      what: 'is damaged: its parts do not belong together',
    })
  }
}

function isWhole(key: KeyObject): boolean {
  try {
    const probe = Buffer.from('probe')
    return verify('RSA-SHA256', probe, createPublicKey(key), sign('RSA-SHA256', probe, key))
  } catch {
    return false
  }
}

function fault(origin: KeyOrigin, { code, what, fix }: KeyVerdict): OciProfilesError {
  return new OciProfilesError(code, `${origin.name} ${what}`, { field: origin.field, fix })
}

function passPhraseFault(origin: KeyOrigin, code: CheckCode, what: string): OciProfilesError {
  const field = origin.passPhraseField ?? 'pass_phrase'
  const fix = origin.passPhraseField ? `Set ${field} to the pass phrase of the key.` : undefined
  return new OciProfilesError(code, `${origin.name} ${what}`, { field, fix })
}

/** `legacy`: OpenSSL 3 reads the old ways only when it is told to. */
function reencrypt({ path }: KeyOrigin, { legacy = false } = {}): string {
  const providers = legacy ? ' -provider legacy -provider default' : ''
  const command = (word: string) => {
    return `openssl pkcs8 -topk8 -v2 aes-256-cbc${providers} -in ${word}`
  }
  return `Encrypt it anew: ${rewriteCommand(path ?? 'KEY.pem', command)}`
}
