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
  const key = keyOfFragment()
  if (key === null) {
    apiKey.value ??= readStored('sessionStorage', STORED)
    return
  }
  history.replaceState(null, '', `${location.pathname}${location.search}`)
  signIn(key)
}

export function signIn(key: string): void {
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

function keyOfFragment(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get('api_key') || null
}
