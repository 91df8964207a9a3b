/** The console's address with the API key in the fragment, which browsers do not send. */
import type { Secret } from '../secret.ts'

export function consoleLink(url: string, apiKey: Secret): string {
  return `${url}/#api_key=${encodeURIComponent(apiKey.reveal())}`
}
