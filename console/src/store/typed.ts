/**
 * What was typed here into sensitive fields that belong into a config file: the service does not say it again, and the
 * lines that make a change last need it. For as long as the page is open.
 */
import { effect } from '@preact/signals'
import type { ProfilePatch } from '../service/index.ts'
import { apiKey } from '../session.ts'

const typed = new Map<string, ProfilePatch>()

export function rememberTyped(name: string, patch: ProfilePatch): void {
  typed.set(name, { ...typed.get(name), ...patch, key_content: null, pass_phrase: null })
}

export function typedBefore(name: string): ProfilePatch {
  return typed.get(name) ?? {}
}

// Not for whoever comes next.
effect(() => {
  if (apiKey.value === null) typed.clear()
})
