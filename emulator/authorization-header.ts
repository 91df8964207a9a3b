/** The Authorization header of a signed request, parsed; what it claims is verify-request.ts's work. */

export interface Authorization {
  keyId: string
  /** Lower-case names, in the order in which they were signed. */
  headers: readonly string[]
  signature: Buffer
}

/** One parameter and the comma or end behind it. */
const PARAMETER = /[ \t]*([A-Za-z]{1,32})="([^"]*)"[ \t]*(,|$)/y
const SCHEME = /^Signature[ \t]+/i

/** The parameters in any order; `null` for everything that is not version 1 with RSA PKCS#1 v1.5 and SHA-256. */
export function parseAuthorization(value: string): Authorization | null {
  const parameters = parseParameters(value)
  if (parameters === null) return null
  if (parameters.get('version') !== '1') return null
  if (parameters.get('algorithm') !== 'rsa-sha256') return null

  const keyId = parameters.get('keyId')
  const headers = parseNames(parameters.get('headers'))
  const signature = parseBase64(parameters.get('signature'))
  if (!keyId || headers === null || signature === null) return null
  return { keyId, headers, signature }
}

function parseParameters(value: string): Map<string, string> | null {
  const scheme = SCHEME.exec(value)
  if (scheme === null) return null

  const parameters = new Map<string, string>()
  PARAMETER.lastIndex = scheme[0].length
  for (;;) {
    const match = PARAMETER.exec(value)
    if (match === null) return null
    const [, name = '', text = '', separator] = match
    if (parameters.has(name)) return null
    parameters.set(name, text)
    if (separator === '') return parameters
  }
}

/** A name that is signed twice would leave open which value was meant: refused. */
function parseNames(text: string | undefined): string[] | null {
  if (!text) return null
  const names = text.toLowerCase().split(' ')
  if (names.includes('') || new Set(names).size !== names.length) return null
  return names
}

/** Only the canonical spelling: Node's decoder skips what it does not know. */
function parseBase64(text: string | undefined): Buffer | null {
  if (!text) return null
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}
