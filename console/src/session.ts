/**
 * The API key of this tab: from the fragment of the printed link or from the sign-in, kept in sessionStorage.
 * The fragment is never sent; it leaves the address bar and the history before anything else happens.
 */
import { signal } from '@preact/signals'
import { readStored, writeStored } from './storage.ts'

const STORED = 'oci-profiles-api-key'

export type Refusal = 'none' | 'wrong'

/** `null` until somebody signs in. */
export const apiKey = signal<string | null>(null)
/** Why there is no key. */
export const refusal = signal<Refusal>('none')

export function takeKey(): void {
  const key = keyOf(location.hash)
  if (key === null) {
    apiKey.value ??= readStored('sessionStorage', STORED)
    return
  }
  history.replaceState(null, '', `${location.pathname}${location.search}`)
  signIn(key)
}

/** `text` may be all of the printed link, or the line that it stands in. */
export function signIn(text: string): void {
  const key = keyOf(text) ?? text.trim()
  // What no header can carry is the key of no service.
  if (/[^ -\xff]/.test(key)) {
    forget('wrong')
    return
  }
  writeStored('sessionStorage', STORED, key)
  refusal.value = 'none'
  apiKey.value = key
}

export function signOut(): void {
  forget('none')
}

/** The service did not accept the key; one that was entered meanwhile stays. */
export function refuseKey(refused: string): void {
  if (apiKey.peek() === refused) forget('wrong')
}

function forget(why: Refusal): void {
  writeStored('sessionStorage', STORED, null)
  refusal.value = why
  apiKey.value = null
}

function keyOf(link: string): string | null {
  return new URLSearchParams(link.trim().replace(/^.*?#/, '')).get('api_key') || null
}
