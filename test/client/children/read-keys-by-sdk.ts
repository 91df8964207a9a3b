/**
 * Which private keys the TypeScript SDK signs with: reads [{pem, passPhrase}] from stdin, prints an array of booleans.
 * A process of its own, since sshpk throws some of its errors where nobody can catch them.
 */
import { text } from 'node:stream/consumers'
import { DefaultRequestSigner, SimpleAuthenticationDetailsProvider } from 'oci-common'

interface Key {
  pem: string
  passPhrase: string | null
}

process.on('uncaughtException', () => {})

async function signs({ pem, passPhrase }: Key): Promise<boolean> {
  try {
    const provider = new SimpleAuthenticationDetailsProvider('t', 'u', 'f', pem, passPhrase)
    const signer = new DefaultRequestSigner(provider)
    const headers = new Headers()
    await signer.signHttpRequest({ uri: 'https://example.com/n', method: 'GET', headers })
    return true
  } catch {
    return false
  }
}

const answers: boolean[] = []
for (const key of JSON.parse(await text(process.stdin)) as Key[]) answers.push(await signs(key))
console.log(JSON.stringify(answers))
